
(() => {
  "use strict";
  const main = document.getElementById("main");
  const query = document.getElementById("query");
  const count = document.getElementById("count");
  const blocks = "h2, h3, p, blockquote, figcaption, dt, dd, li";
  // Marks that a searcher does not type: accents, Arabic vowels and tatweel, joiners, isolates, soft hyphens.
  const unseen = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff]/g;
  const fold = (text) => text.normalize("NFKD").replace(unseen, "").toLowerCase().replace(/\s/g, " ");
  let hits = [];
  let here = -1;

  function forget() {
    for (const mark of main.querySelectorAll("mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    hits = [];
    here = -1;
  }

  // The text of a block, folded, and for each folded letter the place that it came from.
  function read(block) {
    const places = [];
    let folded = "";
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(blocks) !== block || node.parentElement.closest(".joined, sup")) continue;
      let start = 0;
      for (const letter of node.data) {
        for (const part of fold(letter)) {
          if (part === " " && (folded === "" || folded.endsWith(" "))) continue;
          folded += part;
          for (let unit = 0; unit < part.length; unit++) places.push([node, start, start + letter.length]);
        }
        start += letter.length;
      }
    }
    return [folded, places];
  }

  function find(block, needle) {
    const [folded, places] = read(block);
    const found = [];
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) {
      const parts = new Map();
      for (const [node, start, end] of places.slice(at, at + needle.length)) {
        const part = parts.get(node) || [start, end];
        parts.set(node, [Math.min(part[0], start), Math.max(part[1], end)]);
      }
      found.push(parts);
    }
    for (const parts of found.reverse()) {
      let first = null;
      for (const [node, [start, end]] of [...parts].reverse()) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, end);
        first = document.createElement("mark");
        range.surroundContents(first);
      }
      hits.push(first);
    }
  }

  function search() {
    forget();
    const needle = fold(query.value.trim()).replace(/ +/g, " ");
    const least = /[\u0e00-\u9fff\uac00-\ud7af]|[^\u0000-\uffff]/u.test(needle) ? 1 : 2;
    count.textContent = "";
    if (needle.length < least) return;
    for (const block of main.querySelectorAll(blocks)) find(block, needle);
    hits.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    count.textContent = count.dataset.none;
    step(1);
  }

  function step(by) {
    if (!hits.length) return;
    if (here >= 0) hits[here].classList.remove("here");
    here = (here + by + hits.length) % hits.length;
    hits[here].classList.add("here");
    hits[here].scrollIntoView({ block: "center" });
    count.textContent = `${here + 1} / ${hits.length}`;
  }

  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") { query.value = ""; search(); }
  });
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.getElementById("search").hidden = false;
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked) { query.value = asked; search(); }
})();
