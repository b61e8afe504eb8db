// Draws every [data-chart] with ECharts, which is fetched only where a page has a chart.
// Tooltips are drawn on the canvas: ECharts' own markup carries style attributes, which the page's policy forbids.
(function () {
  "use strict";

  // Told apart by people who see red and green alike; the order is fixed.
  const PALETTE = ["#1f5b87", "#d07c00", "#2f8f6d", "#a8507f", "#6aa9d4", "#7d4a1e", "#7b8087", "#b8a12c"];
  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"];
  const INK = "#22262a";
  const INK_2 = "#565c63";
  const LINE = "#e3dfd7";
  const script = document.currentScript;
  let loading = null;

  function library() {
    if (window.echarts) return Promise.resolve();
    loading = loading || new Promise(function (done, failed) {
      const tag = document.createElement("script");
      tag.src = script.dataset.charts;
      tag.onload = done;
      tag.onerror = failed;
      document.head.appendChild(tag);
    });
    return loading;
  }

  function still() { return window.matchMedia("(prefers-reduced-motion: reduce)").matches; }

  function seriesOf(data, item) {
    const colour = PALETTE[item.slot % PALETTE.length];
    const line = data.kind === "line" || data.kind === "area";
    return {
      name: item.name, data: item.values, type: line ? "line" : "bar",
      stack: data.kind === "stacked" || data.kind === "area" ? "all" : undefined,
      step: data.step ? "end" : undefined, symbol: line ? SYMBOLS[item.slot % 8] : undefined,
      symbolSize: 6, showSymbol: data.categories.length < 32, areaStyle: data.kind === "area" ? { opacity: 0.35 } : undefined,
      lineStyle: line ? { width: 2, type: item.dashed ? "dashed" : "solid" } : undefined,
      barMaxWidth: 28, itemStyle: { color: colour }, emphasis: { focus: "series" }, connectNulls: false,
    };
  }

  function axisOf(data, values) {
    const text = { color: INK_2, fontSize: 13 };
    if (values) return { type: "value", minInterval: data.whole ? 1 : 0, axisLabel: text, splitLine: { lineStyle: { color: LINE } } };
    return { type: "category", data: data.categories, axisLabel: Object.assign({ hideOverlap: true }, text), axisLine: { lineStyle: { color: "#8d8a82" } }, axisTick: { alignWithLabel: true } };
  }

  function markOf(data) {
    return data.mark === null ? undefined : { silent: true, symbol: "none", label: { formatter: data.mark, color: INK, position: "end", rotate: 0, distance: 4, fontSize: 12 }, lineStyle: { color: INK, type: "solid", width: 1.5 }, data: [{ xAxis: data.mark }] };
  }

  function optionsOf(data, font) {
    const series = data.series.map(function (item) { return seriesOf(data, item); });
    if (series.length && data.mark) series[0].markLine = markOf(data);
    const categories = axisOf(data, false);
    const values = axisOf(data, true);
    if (data.sideways) categories.inverse = true;
    return {
      animation: !still(), animationDuration: 150, textStyle: { fontFamily: font, color: INK }, aria: { enabled: false },
      grid: { left: 8, right: 24, top: 12 + (data.mark ? 20 : 0), bottom: 8, containLabel: true },
      legend: { show: false },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: data.kind === "line" || data.kind === "area" ? "line" : "shadow" }, backgroundColor: "#ffffff", borderColor: "#8d8a82", textStyle: { color: INK, fontSize: 13 } },
      xAxis: data.sideways ? values : categories, yAxis: data.sideways ? categories : values, series: series,
    };
  }

  function openRecords(data, click) {
    const item = data.series[click.seriesIndex];
    const address = item && item.links && item.links[click.dataIndex];
    if (address) window.htmx.ajax("GET", address, { target: "#drawer", swap: "innerHTML" });
  }

  function draw(box) {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    library().then(function () {
      const chart = window.echarts.init(box, null, { renderer: "canvas" });
      chart.setOption(optionsOf(data, window.getComputedStyle(document.body).fontFamily));
      chart.on("click", function (click) { openRecords(data, click); });
      const resize = function () { if (document.contains(box)) chart.resize(); else { chart.dispose(); window.removeEventListener("resize", resize); } };
      window.addEventListener("resize", resize);
    }, function () { box.hidden = true; const twin = box.parentElement.querySelector("details"); if (twin) twin.open = true; });
  }

  function drawAll(root) { root.querySelectorAll("[data-chart]").forEach(draw); }

  document.addEventListener("DOMContentLoaded", function () { drawAll(document); });
  document.addEventListener("htmx:afterSettle", function (event) { drawAll(event.detail.target.parentElement || document); });
})();
