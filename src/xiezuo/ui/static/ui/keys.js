// "/" goes to the search box; never while a word is being composed.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable=true]")) return;
    if (event.key !== "/") return;
    const box = document.querySelector("[data-search-box]") || document.querySelector(".xz-tools-search input");
    if (!box) return;
    box.focus();
    box.select();
    event.preventDefault();
  });
})();
