// The calendar: a job is dragged to another time or technician, and a stretch of empty time to block it. Both end at the
// plain forms that do the same without a script. The markup is in calendar.templ, the classes of the places in grid.css.
(() => {
  "use strict";

  const quarter = 15; // minutes of a row
  const threshold = 6; // px before a press is a drag
  const root = document.getElementById("calendar");
  const dialog = document.getElementById("move-dialog");

  let drag = null; // what is under way: {pointer, col, row, rows, ghost, …}
  let missed = false; // the page changed while something was dragged

  const cal = () => root.querySelector(".cal");
  const first = () => Number(cal().dataset.first);
  const pad = (n) => String(n).padStart(2, "0");
  const clock = (minutes) => pad(Math.floor(minutes / 60) % 24) + ":" + pad(minutes % 60);
  const spoken = (minutes) => {
    const h = Math.floor(minutes / 60) % 24;
    return (h % 12 || 12) + ":" + pad(minutes % 60) + (h < 12 ? " AM" : " PM");
  };

  // at is the column and the row under a point; the row may be a fraction.
  function at(x, y) {
    const under = document.elementsFromPoint(x, y).map((el) => el.closest(".col")).find(Boolean);
    const col = under || (drag && drag.col);
    if (!col) return null;
    const box = col.querySelector(".items").getBoundingClientRect();
    const rows = Math.round(box.height / rowHeight());
    return { col, row: (y - box.top) / rowHeight(), rows };
  }

  function rowHeight() {
    return cal().querySelector(".hours span").getBoundingClientRect().height / 4;
  }

  // ---- what is shown while dragging ----

  function show() {
    const { ghost, col, row, rows, job } = drag;
    const from = first() + row * quarter;
    ghost.className = `ghost r${row} s${rows}`;
    ghost.textContent = spoken(from) + " – " + spoken(from + rows * quarter) + (job ? "" : " · block");
    const list = col.querySelector(".items");
    if (ghost.parentElement !== list) list.append(ghost);
  }

  function begin(e, more) {
    const ghost = document.createElement("li");
    ghost.setAttribute("aria-hidden", "true");
    drag = { pointer: e.pointerId, x: e.clientX, y: e.clientY, going: false, ghost, ...more };
  }

  function end() {
    if (!drag) return;
    drag.ghost.remove();
    if (drag.source) drag.source.classList.remove("dragged");
    drag = null;
    document.body.classList.remove("dragging");
    if (missed) {
      missed = false;
      htmx.trigger(root, "refresh");
    }
  }

  // ---- pointers: a mouse drags a whole job, a finger its grip, so that the page still scrolls ----

  root.addEventListener("pointerdown", (e) => {
    if (drag || e.button !== 0) return;
    const source = e.target.closest("[data-job]");
    if (source && (e.pointerType === "mouse" || e.target.closest(".grip"))) {
      const here = at(e.clientX, e.clientY);
      const top = source.getBoundingClientRect().top;
      const rows = Math.max(1, Math.ceil(Number(source.dataset.minutes) / quarter));
      begin(e, { job: source.dataset.job, source, col: here.col, rows, grab: (e.clientY - top) / rowHeight() });
      if (e.pointerType !== "mouse") e.preventDefault();
      return;
    }
    const empty = e.target.closest(".items");
    if (empty && e.target === empty && e.pointerType === "mouse") {
      const here = at(e.clientX, e.clientY);
      begin(e, { job: "", col: here.col, anchor: Math.floor(here.row), row: Math.floor(here.row), rows: 4 });
    }
  });

  addEventListener("pointermove", (e) => {
    if (!drag || e.pointerId !== drag.pointer) return;
    if (!drag.going) {
      if (Math.hypot(e.clientX - drag.x, e.clientY - drag.y) < threshold) return;
      drag.going = true;
      document.body.classList.add("dragging");
      if (drag.source) drag.source.classList.add("dragged");
    }
    const box = cal().getBoundingClientRect();
    if (e.clientX > box.right - 32) cal().scrollLeft += 12;
    if (e.clientX < box.left + 32) cal().scrollLeft -= 12;
    const here = at(e.clientX, e.clientY);
    if (!here) return;
    if (drag.job) {
      drag.col = here.col;
      drag.row = Math.min(Math.max(0, Math.round(here.row - drag.grab)), Math.max(0, here.rows - drag.rows));
    } else {
      const to = Math.min(Math.max(0, Math.floor(here.row)), here.rows - 1);
      drag.row = Math.min(drag.anchor, to);
      drag.rows = Math.abs(to - drag.anchor) + 1;
    }
    show();
  });

  addEventListener("pointerup", (e) => {
    if (!drag || e.pointerId !== drag.pointer) return;
    const done = drag;
    end();
    if (done.job) {
      if (!done.going) return; // a press: the link is followed
      // A mouse clicks once more where it lets go, a finger doesn't.
      const swallow = (c) => { c.preventDefault(); c.stopPropagation(); };
      addEventListener("click", swallow, { capture: true });
      setTimeout(() => {
        removeEventListener("click", swallow, { capture: true });
        ask(done);
      });
    } else {
      block(done.col, done.row, done.rows);
    }
  });

  addEventListener("pointercancel", end);
  addEventListener("keydown", (e) => { if (e.key === "Escape") end(); });

  // A finger's tap on empty time offers to block it: a tap alone is too easily made.
  root.addEventListener("click", (e) => {
    const empty = e.target.closest(".items");
    if (!empty || e.target !== empty || e.pointerType === "mouse") return;
    for (const old of root.querySelectorAll(".ghost")) old.remove();
    const here = at(e.clientX, e.clientY);
    const row = Math.min(Math.floor(here.row / 2) * 2, here.rows - 4);
    const offer = document.createElement("li");
    offer.className = `ghost offer r${row} s4`;
    const link = document.createElement("a");
    link.href = blockAddress(here.col, row, 4);
    link.textContent = "Block " + spoken(first() + row * quarter);
    offer.append(link);
    empty.append(offer);
  });

  function blockAddress(col, row, rows) {
    const from = first() + row * quarter;
    const address = new URL(cal().dataset.block, location.href);
    address.searchParams.set("date", col.dataset.date);
    address.searchParams.set("from", clock(from));
    address.searchParams.set("to", clock(from + rows * quarter));
    if (col.dataset.technician) address.searchParams.set("technician", col.dataset.technician);
    return address;
  }

  function block(col, row, rows) { location.assign(blockAddress(col, row, rows)); }

  // ask asks before a job is moved: the customer is told at once.
  function ask(done) {
    const { date, technician, words } = done.col.dataset;
    const from = first() + done.row * quarter;
    const form = dialog.querySelector("form");
    form.action = "/jobs/" + encodeURIComponent(done.job) + "/move";
    form.elements.date.value = date;
    form.elements.time.value = clock(from);
    form.elements.technician.value = technician || done.source.dataset.technician;
    document.getElementById("move-words").textContent = `Move ${done.source.dataset.what} to ${words}, ${spoken(from)}?`;
    dialog.showModal();
  }

  // What changes while something is dragged is fetched after it.
  root.addEventListener("htmx:beforeSwap", (e) => {
    if (drag) {
      e.detail.shouldSwap = false;
      missed = true;
    }
  });
})();
