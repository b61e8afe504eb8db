// Row height, remembered for a year in this browser.
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-density-choice]");
    if (!button) return;
    const choice = button.dataset.densityChoice;
    document.documentElement.dataset.density = choice;
    document.cookie = "xiezuo_density=" + choice + ";path=/;max-age=31536000;samesite=lax";
    document.querySelectorAll("[data-density-choice]").forEach(function (each) {
      each.setAttribute("aria-pressed", String(each === button));
    });
  });
})();
