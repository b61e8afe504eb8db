// The editor of templates: a figure goes in at the cursor; a refused line is shown in the text.
(function () {
  "use strict";

  function text() { return document.querySelector("[data-template-text]"); }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-insert]");
    if (!button || !text()) return;
    const area = text();
    area.focus();
    area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
    // So that the form knows it was changed, and the preview follows.
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.dispatchEvent(new Event("inserted", { bubbles: true }));
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    const wrong = event.detail.target.querySelector("[data-line]");
    const line = wrong ? Number(wrong.dataset.line) : 0;
    const area = text();
    if (!area || !line) return;
    const height = parseFloat(getComputedStyle(area).lineHeight) || 24;
    area.scrollTop = Math.max(0, (line - 4) * height);
  });
})();
