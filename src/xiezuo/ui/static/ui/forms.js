// Forms: the error summary takes the focus; leaving a changed form asks first.
(function () {
  "use strict";
  let changed = false;

  document.addEventListener("input", function (event) { if (event.target.closest("form[data-leave-guard]")) changed = true; });
  document.addEventListener("submit", function () { changed = false; });
  window.addEventListener("beforeunload", function (event) {
    if (!changed) return;
    event.preventDefault();
    event.returnValue = "";
  });

  function focusSummary(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }
  focusSummary(document);
  document.addEventListener("htmx:afterSwap", function (event) { focusSummary(event.detail.target); });
})();
