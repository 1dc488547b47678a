// Says the banner's heading to screen readers once for each loss, not on every page: a live region
// speaks when its text changes, and the tab remembers what was said. Without script it is read in its place.
(() => {
  const banner = document.querySelector("[data-announce]");
  if (!banner) return;
  const key = "released.announced";
  const said = new Set((sessionStorage.getItem(key) || "").split("-").filter(Boolean));
  const losses = banner.dataset.announce.split("-");
  if (losses.every((loss) => said.has(loss))) return;
  const heading = banner.querySelector("h2").textContent.replace(/\s+/g, " ").trim();
  setTimeout(() => {
    banner.querySelector("[aria-live]").textContent = heading;
    losses.forEach((loss) => said.add(loss));
    sessionStorage.setItem(key, [...said].join("-"));
  }, 500);
})();
