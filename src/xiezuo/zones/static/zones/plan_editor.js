// The editor of a plan: units are dragged between zones; what was done keeps the focus and is said. All of it also works by
// the forms alone, without this file.
(function () {
  "use strict";
  const UNIT = "[data-drag-unit]";
  const ZONE = "[data-drop-zone]";
  let carried = null;

  function board() { return document.getElementById("plan-board"); }
  function zoneOf(event) { return event.target.closest ? event.target.closest(ZONE) : null; }

  function clear() {
    document.querySelectorAll(".xz-zone-over").forEach(function (each) { each.classList.remove("xz-zone-over"); });
  }

  document.addEventListener("dragstart", function (event) {
    carried = event.target.closest ? event.target.closest(UNIT) : null;
    if (!carried) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", carried.dataset.dragUnit);
    carried.classList.add("xz-carried");
  });

  document.addEventListener("dragend", function () {
    if (carried) carried.classList.remove("xz-carried");
    carried = null;
    clear();
  });

  document.addEventListener("dragover", function (event) {
    const zone = zoneOf(event);
    if (!carried || !zone) return;
    event.preventDefault();
    if (!zone.classList.contains("xz-zone-over")) { clear(); zone.classList.add("xz-zone-over"); }
  });

  document.addEventListener("drop", function (event) {
    const zone = zoneOf(event);
    if (!carried || !zone) return;
    event.preventDefault();
    const form = carried.querySelector("form[data-put]");
    if (form && zone.dataset.dropZone !== carried.dataset.inZone) {
      form.elements.zone.value = zone.dataset.dropZone;
      if (form.requestSubmit) form.requestSubmit(); else form.querySelector("button").click();
    }
    clear();
  });

  // A refusal is a part of the board, too: it shows what somebody else did meanwhile.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const told = event.detail;
    if (!board() || told.target !== board()) return;
    if (told.xhr.status === 409 || told.xhr.status === 422) { told.shouldSwap = true; told.isError = false; }
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    const now = board();
    if (!now || event.detail.target !== now && !now.contains(event.detail.elt) && event.detail.elt !== now) return;
    const said = now.querySelector("[data-said]");
    if (said) document.getElementById("announcer").textContent = said.textContent.trim();
    const trouble = now.querySelector("[data-trouble]");
    const place = trouble || document.getElementById(now.dataset.focus || "");
    if (place) { place.focus({ preventScroll: Boolean(!trouble) }); if (trouble) trouble.scrollIntoView({ block: "nearest" }); }
  });
})();
