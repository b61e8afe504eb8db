// The side drawer: whatever htmx puts into #drawer opens it; focus stays inside until it closes.
(function () {
  "use strict";

  const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary, [tabindex='0']";
  // Links that turn the list inside the drawer rather than the page behind it.
  const STAYING = ".xz-list thead a, .xz-pages a, .xz-chips a, .xz-views a";
  let opener = null;
  let visited = [];

  function drawer() { return document.getElementById("drawer"); }
  function shade() { return document.querySelector(".xz-shade"); }
  function isOpen() { const box = drawer(); return Boolean(box && !box.hidden); }

  function open() {
    const box = drawer();
    if (box.hidden) {
      box.hidden = false;
      shade().hidden = false;
      document.querySelector(".xz-frame").setAttribute("aria-hidden", "true");
    }
    box.scrollTop = 0;
    box.focus({ preventScroll: true });
  }

  function close() {
    const box = drawer();
    if (!isOpen()) return;
    box.hidden = true;
    shade().hidden = true;
    box.textContent = "";
    document.querySelector(".xz-frame").removeAttribute("aria-hidden");
    if (opener && document.contains(opener)) opener.focus();
    opener = null;
    visited = [];
  }

  function show(address) { window.htmx.ajax("GET", address, { target: "#drawer", swap: "innerHTML" }); }

  function remember(address) {
    if (address && visited[visited.length - 1] !== address) visited.push(address);
    const back = drawer().querySelector("[data-drawer-back]");
    if (back) back.hidden = visited.length < 2;
  }

  function goBack() {
    visited.pop();
    show(visited[visited.length - 1]);
  }

  function keepInside(event) {
    const stops = Array.from(drawer().querySelectorAll(FOCUSABLE)).filter(function (item) { return item.offsetParent !== null; });
    if (!stops.length) return;
    const first = stops[0];
    const last = stops[stops.length - 1];
    const here = document.activeElement;
    if (event.shiftKey && (here === first || here === drawer())) { last.focus(); event.preventDefault(); }
    else if (!event.shiftKey && here === last) { first.focus(); event.preventDefault(); }
  }

  function trouble(words) {
    const box = document.getElementById("trouble");
    if (!box) return;
    const text = document.createElement("span");
    text.textContent = words || box.dataset.words;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "xz-button";
    button.textContent = box.dataset.close;
    button.addEventListener("click", function () { box.hidden = true; });
    box.replaceChildren(text, button);
    box.hidden = false;
  }

  function wordsOf(html) {
    const page = new DOMParser().parseFromString(html || "", "text/html");
    const main = page.querySelector("main");
    return main ? Array.from(main.querySelectorAll("h1, h1 ~ p:not(.xz-door-steps), li")).map(function (item) { return item.textContent.trim(); }).join(" ") : "";
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.target && event.detail.target.id === "drawer" && !isOpen()) opener = event.detail.elt;
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (!event.detail.target || event.detail.target.id !== "drawer") return;
    remember(event.detail.pathInfo && event.detail.pathInfo.requestPath);
    open();
  });
  document.addEventListener("htmx:responseError", function (event) { trouble(wordsOf(event.detail.xhr.responseText)); });
  document.addEventListener("htmx:sendError", function () { trouble(""); });
  // A log-in page in the drawer means that the session is over: go there instead.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target && event.detail.target.id === "drawer" && /class="[^"]*xz-door/.test(event.detail.serverResponse || "") && event.detail.xhr.status < 400) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-drawer-close]")) close();
    if (event.target.closest("[data-drawer-back]")) goBack();
    const link = event.target.closest("#drawer a");
    if (!link || !link.closest(STAYING) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.getAttribute("href"));
  });
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("#drawer form[data-list-form]")) return;
    event.preventDefault();
    show(form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form)));
  });
  document.addEventListener("keydown", function (event) {
    if (!isOpen() || event.isComposing) return;
    if (event.key === "Escape") { close(); event.stopPropagation(); }
    if (event.key === "Tab") keepInside(event);
  });
})();
