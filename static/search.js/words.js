// Words of what a reader types and of what a page shows. The same rules as daybook/tokens.py.
(() => {
  "use strict";
  const LONGEST = 60;
  const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ß: "ss", ς: "σ" };
  const CJK = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\u{20000}-\\u{3ffff}";
  const PLAIN = `(?:(?![${CJK}])[\\p{L}\\p{N}])+`;
  const TOKEN = new RegExp(`[${CJK}]+|${PLAIN}(?:(?:-|(?<=[0-9])\\.(?=[0-9]))${PLAIN})*`, "gu");
  const STARTS_CJK = new RegExp(`^[${CJK}]`, "u");

  // Lower case, without accents, with plain hyphens.
  function fold(text) {
    if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
    return text.normalize("NFKD").replace(/(?![\u3099\u309a])\p{M}/gu, "").toLowerCase()
      .replace(/[øłđðþæœıßς]/g, letter => LETTERS[letter])
      .replace(/[\u2010\u2012\u2013]/g, "-").normalize("NFC");
  }

  // The words of a text: the term of each, and its parts where it is joined of several.
  function words(text) {
    const tokens = fold(text.replace(/\\[A-Za-z]+/g, " ")).match(TOKEN) ?? [];
    return tokens.flatMap(token => {
      if (/[-.]/.test(token)) return { term: cut(token), parts: token.split(/[-.]/).map(cut) };
      return STARTS_CJK.test(token) ? pairs(token) : { term: cut(token), parts: [] };
    });
  }

  function cut(token) {
    return token.length > LONGEST ? [...token].slice(0, LONGEST).join("") : token;
  }

  // Scripts without blanks between words are searched by pairs of characters.
  function pairs(run) {
    const characters = [...run];
    const starts = characters.slice(0, Math.max(1, characters.length - 1));
    return starts.map((character, place) => ({ term: character + (characters[place + 1] ?? ""), parts: [] }));
  }

  Object.assign(globalThis.daybook ??= {}, { fold, words });
})();
