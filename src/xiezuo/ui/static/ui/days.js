// The as-of bar turns the screen as soon as a whole day is chosen; the day line of a timeline can be dragged.
(function () {
  "use strict";

  let typed = false;

  function turn(input) {
    if (input.value && input.checkValidity() && input.value !== input.defaultValue) input.form.submit();
  }

  // While a day is being typed digit by digit every key is a change: wait for Enter or for leaving the field.
  document.addEventListener("keydown", function (event) { if (event.target.matches("[data-as-of] input[type=date]")) typed = event.key !== "Enter"; });
  document.addEventListener("pointerdown", function () { typed = false; });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-as-of] input[type=date]") && !typed) turn(event.target);
  });
  document.addEventListener("focusout", function (event) {
    if (event.target.matches("[data-as-of] input[type=date]") && typed) turn(event.target);
  });

  function dayAt(picture, clientX) {
    const box = picture.getBoundingClientRect();
    const scale = picture.viewBox.baseVal.width / box.width;
    const left = Number(picture.dataset.left);
    const share = ((clientX - box.left) * scale - left) / (Number(picture.dataset.right) - left);
    const first = Date.parse(picture.dataset.first);
    const last = Date.parse(picture.dataset.last);
    return new Date(first + Math.min(Math.max(share, 0), 1) * (last - first)).toISOString().slice(0, 10);
  }

  document.addEventListener("pointerdown", function (event) {
    const handle = event.target.closest("[data-day-line]");
    if (!handle) return;
    const picture = handle.ownerSVGElement;
    const start = Number(handle.dataset.x);
    const label = handle.querySelector("text");
    event.preventDefault();
    let day = "";
    function drag(move) {
      const scale = picture.viewBox.baseVal.width / picture.getBoundingClientRect().width;
      day = dayAt(picture, move.clientX);
      const x = (move.clientX - picture.getBoundingClientRect().left) * scale;
      handle.setAttribute("transform", "translate(" + (x - start) + " 0)");
      label.textContent = day;
    }
    function drop() {
      document.removeEventListener("pointermove", drag);
      if (!day) return;
      const address = new URL(window.location.href);
      address.searchParams.set("on", day);
      window.location.assign(address);
    }
    document.addEventListener("pointermove", drag);
    document.addEventListener("pointerup", drop, { once: true });
  });
})();
