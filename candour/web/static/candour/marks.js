// Checking words taken out by one key for each place: 1 keeps them out, 2 puts them back, and the
// next place that nobody has decided has the focus. Keys count only while the focus is on a place,
// so that nothing is decided by accident and speech input and screen readers keep their own.
(() => {
  const form = document.querySelector("[data-app-marks]");
  if (!form) return;
  form.querySelector("[data-app-marks-help]").hidden = false;
  const places = [...form.querySelectorAll(".app-mark")];
  form.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const place = event.target.closest(".app-mark");
    const choice = place?.querySelector(`[data-app-mark-key="${CSS.escape(event.key)}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    const next = places.slice(places.indexOf(place) + 1).find((one) => !one.querySelector(":checked"));
    (next?.querySelector("input") ?? form.querySelector("button[value=save]")).focus();
  });
})();
