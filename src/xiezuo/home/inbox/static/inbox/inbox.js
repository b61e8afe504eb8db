// A standard phrase is put among the words of its form, by mouse or keyboard; nothing is sent by it.
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    const chip = event.target.closest("[data-phrase]");
    if (!chip) return;
    const box = document.getElementById(chip.closest("[data-phrases-for]").getAttribute("data-phrases-for"));
    const words = box.value.trim();
    box.value = words ? words + "\n" + chip.getAttribute("data-phrase") : chip.getAttribute("data-phrase");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
})();
