// Says on every page how old the site is, when it is older than its settings allow: its updating may have stopped, or
// this may be a copy that nobody keeps up. Which day it is only the reader's clock knows.
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;  // milliseconds
  const health = window.daybookHealth;
  if (!health || !health.day) return;
  const age = Math.floor((Date.now() - Date.parse(health.day)) / DAY);
  if (!(age > health.stale_after_days)) return;

  const notice = document.createElement("p");
  notice.className = "notice";
  notice.id = "stale";
  const day = document.createElement("time");
  day.dateTime = health.day;
  day.textContent = health.shown;
  notice.append("This site is not up to date: its newest day is ", day, `, ${age} days ago.`);

  // A copy points to where it was copied from.
  const original = document.querySelector("link[rel=canonical]");
  if (original && new URL(original.href).host !== location.host) {
    const link = document.createElement("a");
    link.href = original.href;
    link.textContent = "the original";
    notice.append(" You are reading a copy; ", link, " may be newer.");
  }
  document.querySelector("main").prepend(notice);
})();
