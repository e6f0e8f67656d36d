// Offers to save a paper: on its page, and on its card in every list. Where nothing can be kept, nothing is offered.
(() => {
  "use strict";
  const { saved } = daybook;
  const offers = [];  // each shows again whether its paper is saved

  function offer(paper, place) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "save" });
    const show = (label = saved.read().some(one => one.stem === paper.stem) ? "Saved" : "Save") => {
      button.textContent = label;
      button.setAttribute("aria-label", `${label}: ${paper.title}`);
    };
    button.addEventListener("click", () => {
      const others = saved.read().filter(one => one.stem !== paper.stem);
      const isNew = button.textContent === "Save";
      if (saved.write(isNew ? [paper, ...others] : others)) return showAll();
      show("Your browser did not keep it");
      setTimeout(show, 3000);
    });
    show();
    offers.push(show);
    place.append(button);
  }

  function showAll() {
    for (const show of offers) show();
  }

  function offerCard(card) {
    const link = card.querySelector("h3 a");
    const time = [...card.querySelectorAll(".facts time")].at(-1);  // before it may stand when votes were read
    offer({
      stem: stemOf(link.href),
      title: textOf(link),
      authors: authorsOf(card.querySelector(".byline")),
      when: textOf(time.parentElement),
    }, card.querySelector(".facts"));
  }

  function offerPage(article) {
    const place = document.createElement("li");
    article.querySelector(".get").append(place);
    offer({
      stem: stemOf(location.href),
      title: textOf(article.querySelector("h1")),
      authors: authorsOf(article.querySelector(".byline")),
      when: `published ${textOf(article.querySelector(".dateline time"))}`,
    }, place);
  }

  function stemOf(address) {
    return new URL(address).pathname.replace(/^.*\/|\.html$/g, "");
  }

  // On cards of lists, and in results of the search, which mark what was searched for, there may be more of them.
  function authorsOf(byline) {
    const names = [...byline.querySelectorAll("bdi")].map(textOf);
    const more = byline.querySelector(".more");
    return names.length ? [names.join(", "), more ? textOf(more) : ""].join(" ").trim() : textOf(byline);
  }

  // Formulas as their TeX.
  function textOf(element) {
    const copy = element.cloneNode(true);
    for (const formula of copy.querySelectorAll("math")) {
      formula.replaceWith(`$${formula.querySelector("annotation")?.textContent ?? formula.textContent}$`);
    }
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function offerIn(element) {
    for (const card of element.querySelectorAll(".card")) offerCard(card);
  }

  if (!saved.isAllowed()) return;
  for (const article of document.querySelectorAll("article.paper")) offerPage(article);
  offerIn(document);
  saved.whenChanged(showAll);
  // The search page shows its results later.
  const answers = document.getElementById("answers");
  const added = changes => changes.flatMap(change => [...change.addedNodes]).filter(node => node.querySelectorAll);
  if (answers) new MutationObserver(changes => added(changes).forEach(offerIn)).observe(answers, { childList: true, subtree: true });
})();
