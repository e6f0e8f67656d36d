// Shows what was found: in sections, each with its count and the reason for its order.
(() => {
  "use strict";
  const PAGE = 10;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const HEADINGS = {
    all: count => `${papers(count)} with all your words`,
    forms: count => `${papers(count)} with other forms of them`,
    some: count => `${papers(count)} with some of them`,
  };
  const ORDERS = {
    newest: "The newest first, by the day of the first listing or of publication.",
    votes: "Those with the most votes first, as last read.",
    like: "Those that share most of the words that tell the paper from others, rare ones above all.",
    relevance: "The best match first: words in the title or in one sentence, in a note, and rare words count most.",
  };

  function papers(count) {
    return count === 1 ? "1 paper" : `${grouped(count)} papers`;
  }

  // The sections of an answer, as elements, with the first results.
  async function draw(answer, tables) {
    const filtered = !answer.groups.length;
    const { sort } = answer.query;
    const order = sort !== "relevance" ? sort : answer.query.like ? "like" : filtered ? "newest" : sort;
    const sections = answer.sections.filter(section => section.hits.length);
    const filled = [];
    let room = PAGE;
    for (const section of sections) {
      const heading = filtered || answer.query.like ? papers(section.hits.length) : HEADINGS[section.name](section.hits.length);
      const made = frame(section.name, heading, ORDERS[order]);
      made.list.dataset.order = order;
      filled.push(made.section);
      await more(made, section.hits, Math.max(0, Math.min(room, section.hits.length)), terms(answer), tables);
      room -= section.hits.length;
    }
    return filled;
  }

  function terms(answer) {
    return answer.groups.flatMap(group => [...group.parts, ...group.others].map(part => part.term.text));
  }

  function frame(name, heading, order) {
    const section = document.getElementById("section").content.cloneNode(true).firstElementChild;
    const title = section.querySelector("h2");
    title.id = `found-${name}`;
    title.textContent = heading;
    section.setAttribute("aria-labelledby", title.id);
    section.querySelector(".order").textContent = order;
    return { section, list: section.querySelector("ol"), button: section.querySelector("button") };
  }

  // Adds results to a section, and a button for the next ones.
  async function more(made, hits, count, marks, tables) {
    const shown = made.list.childElementCount;
    const added = await Promise.all(hits.slice(shown, shown + count).map(hit => item(hit, made.list.dataset.order, marks, tables)));
    made.list.append(...added);
    const left = hits.length - made.list.childElementCount;
    made.button.hidden = left === 0;
    made.button.textContent = made.list.childElementCount ? `Show ${Math.min(PAGE, left)} more` : "Show them";
    made.button.onclick = () => moreOnDemand(made, hits, marks, tables);
    return added;
  }

  // Once at a time, however often the button is pressed.
  async function moreOnDemand(made, hits, marks, tables) {
    const { onclick } = made.button;
    made.button.onclick = null;
    try {
      const [first] = await more(made, hits, PAGE, marks, tables);
      first.querySelector("a").focus();
    } catch (error) {
      made.button.onclick = onclick;
      document.getElementById("status").textContent = `More could not be loaded: ${error.message}. Try again.`;
    }
  }

  async function item(hit, order, marks, tables) {
    const [id, title, authors, others, date, notes, withdrawn] = await daybook.result(hit.paper);
    const made = document.getElementById("result").content.cloneNode(true).firstElementChild;
    const link = made.querySelector("h3 a");
    link.href = path(id);
    daybook.highlight(link, title, marks);
    const byline = made.querySelector(".byline");
    daybook.highlight(byline, authors, marks);
    if (others) byline.append(` and ${grouped(others)} more`);
    made.querySelector(".withdrawn").hidden = !withdrawn;
    const remark = made.querySelector(".remark");
    for (const note of notes) remark.before(remarkOf(remark.cloneNode(true), note, marks, tables));
    remark.remove();
    const time = document.createElement("time");
    time.dateTime = date;
    time.textContent = shortDate(date);
    made.querySelector(".date").append(time);
    made.querySelector(".arxiv").href = `https://arxiv.org/abs/${id}`;
    made.querySelector(".pdf").href = `https://arxiv.org/pdf/${id}`;
    made.querySelector(".like").href = `?q=${encodeURIComponent(`like:${id}`)}`;
    const number = made.querySelector(".number");
    if (order === "votes") number.textContent = hit.votes < 0 ? "no votes" : hit.votes === 1 ? "1 vote" : `${grouped(hit.votes)} votes`;
    else if (order === "newest") number.remove();
    else number.textContent = `match ${hit.score.toFixed(1)}`;
    return made;
  }

  function remarkOf(remark, [verdict, summary, by], marks, tables) {
    const label = remark.querySelector(".verdict");
    label.textContent = tables.verdicts[verdict];
    label.classList.add(verdict);
    daybook.highlight(remark.querySelector(".summary"), summary, marks);
    remark.querySelector(".signed").textContent = by;
    return remark;
  }

  // Dates and numbers are as on all other pages, see daybook/words.py. A browser's own way would write "Sept", and takes
  // 14 ms the first time.
  function shortDate(date) {
    const [year, month, day] = date.split("-");
    return `${+day} ${MONTHS[month - 1]} ${year}`;
  }

  function grouped(number) {
    return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
  }

  // The page of a paper, as daybook/model.py has it.
  function path(id) {
    return `papers/${id.replace("/", "-")}.html`;
  }

  Object.assign(globalThis.daybook ??= {}, { draw, path, papers, shortDate, grouped });
})();
