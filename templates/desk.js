// Asks the server of `build.py serve` for news: loads the page again when a file that it is made of has changed, and
// shows over it why there is no newer one. The server adds this to what it sends; it is never published.
"use strict";

(() => {
    const { mark, files } = document.currentScript.dataset;
    const AGAIN = 1000;  // milliseconds, until a server is asked again that a browser has given up
    const own = JSON.parse(files);
    let seen = mark;
    let stream = null;

    const pathOf = url => {
        const { origin, pathname } = new URL(url, location.href);
        return origin === location.origin ? decodeURIComponent(pathname.slice(1)) : null;
    };

    // Scripts that were loaded later, too, as the search does.
    const madeOf = () => new Set([
        ...own,
        ...[...document.scripts].filter(script => script.src).map(script => pathOf(script.src)),
        ...[...document.styleSheets].filter(sheet => sheet.href).map(sheet => pathOf(sheet.href)),
        ...[...document.images].map(image => pathOf(image.currentSrc || location.href)),
    ]);

    const element = (name, kind, ...inside) => {
        const made = document.createElement(name);
        if (kind) made.className = kind;
        made.append(...inside);
        return made;
    };

    const drawn = ({ path, line, column, code, message, remedy }) => {
        const rule = element("a", "rule", code);
        rule.href = `/mistakes.html#${encodeURIComponent(code)}`;
        const place = element("p", "place", element("code", "", `${path}:${line}:${column}`), " ", rule);
        return element("li", "", place, element("p", "message", message), element("p", "remedy", remedy));
    };

    // The page's own style ends at this element, and this one's ends in it.
    const host = element("div", "");
    host.id = "daybook-desk";
    const region = element("section", "sheet");
    region.setAttribute("role", "alert");
    const style = element("link", "");
    style.rel = "stylesheet";
    style.href = "/.desk/desk.css";
    // Seen when its style is there, or is not to be had.
    region.hidden = true;
    for (const over of ["load", "error"]) style.addEventListener(over, () => { region.hidden = false; });
    host.attachShadow({ mode: "open" }).append(style, region);
    const title = element("h2", "");
    const hide = element("button", "", "Hide");
    hide.type = "button";
    hide.addEventListener("click", () => host.remove());
    const why = element("p", "why", "The page is as it last was. This goes with the next good build.");
    const list = element("ol", "");
    // What scrolls has to be reached by keyboard.
    list.tabIndex = 0;
    const others = element("p", "why");
    region.append(element("div", "column", element("header", "", title, hide), why, list, others));

    // Whoever reads a list of problems, and mends one of them, stays where they are.
    const show = ({ summary, problems, more }) => {
        title.textContent = summary;
        list.replaceChildren(...problems.map(drawn));
        list.hidden = !problems.length;
        others.textContent = more ? `There are ${more} more: python build.py check tells all.` : "";
        others.hidden = !more;
        if (!host.isConnected) document.body.append(host);
    };

    const hear = ({ data, lastEventId }) => {
        const news = JSON.parse(data);
        seen = lastEventId;
        const now = madeOf();
        if (news.lost || news.paths.some(path => now.has(path))) {
            stream.close();
            location.reload();
        } else if (news.trouble) {
            show(news.trouble);
        } else {
            host.remove();
        }
    };

    const listen = () => {
        stream = new EventSource(`/.desk/events?since=${encodeURIComponent(seen)}`);
        stream.addEventListener("message", hear);
        stream.addEventListener("error", () => {
            if (stream?.readyState === EventSource.CLOSED) {
                stream = null;
                setTimeout(follow, AGAIN);
            }
        });
    };

    // A browser has few connections for a host, so a tab that nobody sees lets go of its own, and catches up later.
    const follow = () => {
        if (document.visibilityState === "hidden") {
            stream?.close();
            stream = null;
        } else if (!stream) {
            listen();
        }
    };
    document.addEventListener("visibilitychange", follow);
    follow();
})();
