// The arXiv identifier that a text spells, as an address or otherwise; null for anything else. As daybook/paper_id.py.
(() => {
  "use strict";
  const ARCHIVES = new Set(("acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg " +
    "comp-gas cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex " +
    "nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con").split(" "));
  const ADDRESS = new RegExp("^(?:https?://)?(?:(?:[a-z0-9-]+\\.)*arxiv\\.org/(?:abs|pdf|html|format|ps|src|e-print)/" +
    "|(?:www\\.)?(?:huggingface\\.co|hf\\.co)/papers/|(?:dx\\.|www\\.)?doi\\.org/(?=10\\.))");
  const PREFIX = /^(?:(?:doi:\s*)?10\.48550\/arxiv\.|arxiv:\s*)/;
  const NEW = /^([0-9]{2})([0-9]{2})\.([0-9]{4,5})$/;
  const OLD = /^([a-z]+(?:-[a-z]+)?)(?:(?:\.[a-z]+(?:-[a-z]+)?)?\/|-)([0-9]{2})([0-9]{2})([0-9]{3})$/;

  function identifier(text) {
    if (text.length > 300 || !/^[\x00-\x7f]*$/.test(text.trim())) return null;
    return canonical(bare(text.trim().toLowerCase()).replace(/v[1-9][0-9]{0,2}$/, ""));
  }

  // What is left without the address, the prefix and the punctuation around it.
  function bare(text) {
    let rest = text.replace(/\s+\[[a-z][a-z.-]*\]$/, "").replace(/^[ \t\r\n<([{"'`]+/, "");
    rest = trimmed(rest).split(/[?#]/)[0].replace(/%([0-7][0-9a-f])/g, (_, hex) => String.fromCharCode(`0x${hex}`));
    rest = trimmed(rest);
    const address = ADDRESS.exec(rest);
    if (!address && rest.includes("://")) return "";
    return rest.slice(address ? address[0].length : 0).replace(PREFIX, "").replace(/\.pdf$/, "");
  }

  function trimmed(text) {
    return text.replace(/[ \t\r\n>)\]}"'`,;:.!/]+$/, "");
  }

  function canonical(name) {
    const found = NEW.exec(name) ?? OLD.exec(name);
    if (!found) return null;
    const [year, month, number] = found.slice(-3);
    if (month < "01" || month > "12" || /^0+$/.test(number)) return null;
    if (found.length === 4) {
      return year + month >= "0704" && number.length === (year >= "15" ? 5 : 4) ? name : null;
    }
    const known = ARCHIVES.has(found[1]) && (year + month <= "0703" || year + month >= "9101");
    return known ? `${found[1]}/${year}${month}${number}` : null;
  }

  Object.assign(globalThis.daybook ??= {}, { identifier });
})();
