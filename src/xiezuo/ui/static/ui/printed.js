// A page that bears a mark of who looks says when it is printed: the journal keeps prints as it keeps exports.
(function () {
  "use strict";
  window.addEventListener("beforeprint", function () {
    const marked = document.querySelector(".xz-watermark");
    const address = document.body.dataset.printed;
    if (!marked || !address) return;
    const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];
    const body = new URLSearchParams({ page: window.location.pathname });
    fetch(address, { method: "POST", body: body, headers: { "X-CSRFToken": token }, keepalive: true });
  });
})();
