// Lists: a row opens its record, menus apply at once, rows are chosen. Keyboard: j, k, Enter, x.
(function () {
  "use strict";

  function typing(target) { return Boolean(target.closest("input, select, textarea, [contenteditable=true]")); }
  function rows() {
    const drawer = document.getElementById("drawer");
    const scope = drawer && !drawer.hidden ? drawer : document;
    return Array.from(scope.querySelectorAll("tr[data-row]"));
  }
  function link(row) { return row.querySelector("a[href]"); }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex(function (row) { return row.classList.contains("xz-at"); });
    const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
    all.forEach(function (row) { row.classList.toggle("xz-at", row === next); });
    link(next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function countChosen(table) {
    const boxes = Array.from(table.querySelectorAll("[data-select]"));
    const chosen = boxes.filter(function (box) { return box.checked; }).length;
    const all = table.querySelector("[data-select-all]");
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    table.dispatchEvent(new CustomEvent("xz:chosen", { bubbles: true, detail: { count: chosen } }));
  }

  document.addEventListener("click", function (event) {
    const row = event.target.closest("tr[data-row]");
    if (!row || event.target.closest("a, button, input, label, select, summary") || String(window.getSelection())) return;
    link(row).click();
  });

  document.addEventListener("change", function (event) {
    const target = event.target;
    if (target.matches("[data-submit]")) target.form.requestSubmit ? target.form.requestSubmit() : target.form.submit();
    const table = target.closest("table[data-selectable]");
    if (!table) return;
    if (target.matches("[data-select-all]")) {
      table.querySelectorAll("[data-select]").forEach(function (box) { box.checked = target.checked; });
    }
    countChosen(table);
  });

  // The usual columns need no mention in the address.
  function leaveOutUsualColumns(form) {
    const boxes = Array.from(form.querySelectorAll("[name=cols]"));
    const asked = new URLSearchParams(window.location.search).has("cols");
    const touched = boxes.some(function (box) { return box.checked !== box.defaultChecked; });
    if (!asked && !touched) boxes.forEach(function (box) { box.disabled = true; });
  }

  // Empty fields stay out of the address.
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("[data-list-form]")) return;
    leaveOutUsualColumns(event.target);
    Array.from(event.target.elements).forEach(function (field) { if (field.name && field.value === "") field.disabled = true; });
  });

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "x") {
      const box = document.querySelector("tr.xz-at [data-select]");
      if (box) box.click();
    }
  });
})();
