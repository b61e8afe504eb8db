// Menus (a details element) close on Esc and on a click elsewhere; the navigation folds out on a narrow screen.
(function () {
  "use strict";

  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }

  function showNavigation(open) {
    document.body.classList.toggle("xz-nav-open", open);
    const button = document.querySelector("[data-nav-toggle]");
    if (button) button.setAttribute("aria-expanded", String(open));
  }

  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details[data-menu]"));
    const toggle = event.target.closest("[data-nav-toggle]");
    if (toggle) showNavigation(toggle.getAttribute("aria-expanded") !== "true");
    else if (!event.target.closest("#navigation")) showNavigation(false);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    showNavigation(false);
  });
})();
