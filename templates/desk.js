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

    const element = (name, text, ...inside) => {
        const made = document.createElement(name);
        made.className = text.kind ?? "";
        made.append(...(text.words === undefined ? inside : [text.words]));
        return made;
    };

    const drawn = ({ path, line, column, code, message, remedy }) => {
        const rule = element("a", { kind: "code", words: code });
        rule.href = `/mistakes.html#${encodeURIComponent(code)}`;
        return element("li", {},
            element("p", { kind: "place" }, element("code", { words: `${path}:${line}:${column}` }), " ", rule),
            element("p", { kind: "message", words: message }),
            element("p", { kind: "remedy", words: remedy }));
    };

    const host = document.createElement("div");
    host.id = "daybook-desk";
    const sheet = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/.desk/desk.css";
    const region = element("section", { kind: "sheet" });
    region.setAttribute("role", "alert");
    region.tabIndex = 0;
    region.setAttribute("aria-label", "The last build");
    // Drawn when its style is there, or is not to be had.
    region.hidden = true;
    style.addEventListener("load", () => { region.hidden = false; });
    style.addEventListener("error", () => { region.hidden = false; });
    sheet.append(style, region);

    const show = trouble => {
        if (!trouble) {
            host.remove();
            return;
        }
        const hide = element("button", { words: "Hide" });
        hide.type = "button";
        hide.addEventListener("click", () => host.remove());
        const list = element("ol", {}, ...trouble.problems.map(drawn));
        const more = trouble.more ? [element("p", { kind: "more", words: `${trouble.more} more: python build.py check tells all.` })] : [];
        region.replaceChildren(element("div", { kind: "column" },
            element("header", {}, element("h2", { words: trouble.summary }), hide),
            element("p", { kind: "why", words: "Below is the page as it last was. This goes with the next good build." }),
            ...(trouble.problems.length ? [list] : []),
            ...more));
        document.body.append(host);
    };

    const hear = ({ data, lastEventId }) => {
        const news = JSON.parse(data);
        seen = lastEventId;
        const now = madeOf();
        if (news.lost || news.paths.some(path => now.has(path))) {
            stream.close();
            location.reload();
        } else {
            show(news.trouble);
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
