// The browser phone: rings the line over a WebSocket, speaks and listens with the browser's own speech where
// there is any, and shows what was said and why. The page's markup is in phone.templ, the other end of the
// socket in telephony/browserphone.
(() => {
  "use strict";

  const $ = (id) => document.getElementById(id);
  const phone = $("phone"), log = $("log"), words = $("words"), state = $("state"), ring = $("ring");
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  const canSpeak = "speechSynthesis" in window;
  const silenceAfter = 9000; // ms without a word, while the microphone is on

  let call = null; // the call under way: {socket, id, since, spoken, speaking, reply, timer, quiet}
  let recogniser = null;
  let turns = 0;

  // ---- what is on the screen ----

  const show = (text, on = false) => { state.textContent = text; state.classList.toggle("on", on); };

  function enable(on) {
    for (const el of phone.querySelectorAll("#words, #send, #pad, #hang, [data-say]")) el.disabled = !on;
    $("mic").disabled = !on || !Recognition;
    $("sound").disabled = !on || !canSpeak;
    $("mic").title = Recognition ? "" : "This browser does not recognise speech; type instead.";
  }

  function bubble(side, text, why) {
    const li = document.createElement("li");
    li.className = "turn " + side;
    const b = document.createElement("div");
    b.className = "bubble";
    b.textContent = text;
    li.append(b);
    if (why) {
      const w = document.createElement("span");
      w.className = "why";
      const label = document.createElement("span");
      label.textContent = why;
      w.append($("why-icon").content.cloneNode(true), label);
      li.append(w);
    }
    log.append(li);
    $("screen").scrollTop = $("screen").scrollHeight;
    return li;
  }

  function clock() {
    const s = Math.floor((Date.now() - call.since) / 1000);
    show(`${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`, true);
  }

  // ---- speaking ----

  function speak(reply) {
    call.reply = reply;
    call.spoken = "";
    if (!canSpeak || $("sound").getAttribute("aria-pressed") !== "true") return done(reply);
    let left = reply.sentences.length;
    call.speaking = left > 0;
    if (!left) return done(reply);
    listen(false);
    reply.sentences.forEach((sentence, i) => {
      const u = new SpeechSynthesisUtterance(sentence);
      u.lang = reply.language || "en-US";
      const head = reply.sentences.slice(0, i).join(" ");
      u.onboundary = (e) => {
        if (call && call.speaking) call.spoken = (head + " " + sentence.slice(0, e.charIndex + (e.charLength || 0))).trim();
      };
      u.onend = u.onerror = () => {
        left -= 1;
        if (call && call.reply === reply && left === 0 && call.speaking) { call.speaking = false; done(reply); }
      };
      speechSynthesis.speak(u);
    });
  }

  // done is when the caller has heard the whole reply.
  function done(reply) {
    if (!call) return;
    if (reply.transfer) return offerPerson(reply.transfer);
    if (reply.end) return send({ type: "hang_up" });
    listen(true);
  }

  // hush stops what is being said and tells the receptionist how much of it was heard.
  function hush() {
    if (!call || !call.speaking) return;
    call.speaking = false;
    speechSynthesis.cancel();
    send({ type: "heard", text: call.spoken });
  }

  // ---- listening ----

  function listen(on) {
    clearTimeout(call && call.quiet);
    if (recogniser) { recogniser.onend = null; recogniser.abort(); recogniser = null; }
    if (!on || !call || !Recognition || $("mic").getAttribute("aria-pressed") !== "true") return;
    recogniser = new Recognition();
    recogniser.lang = (call.reply && call.reply.language) || "en-US";
    recogniser.interimResults = true;
    recogniser.onresult = (e) => {
      const last = e.results[e.results.length - 1];
      words.value = last[0].transcript;
      clearTimeout(call && call.quiet);
      if (last.isFinal) { const text = words.value; words.value = ""; say(text, last[0].confidence); }
    };
    recogniser.onerror = (e) => {
      if (e.error === "not-allowed" || e.error === "service-not-allowed" || e.error === "network") {
        $("mic").setAttribute("aria-pressed", "false");
        bubble("note", "The microphone can't be used here; type instead.");
      }
    };
    recogniser.onend = () => { recogniser = null; if (call && !call.speaking) listen(true); };
    recogniser.start();
    call.quiet = setTimeout(() => { if (call && !words.value) send({ type: "silence" }); }, silenceAfter);
  }

  // ---- the conversation ----

  const send = (m) => { if (call && call.socket.readyState === WebSocket.OPEN) call.socket.send(JSON.stringify(m)); };

  function say(text, confidence) {
    text = text.trim();
    if (!call || !text) return;
    hush();
    bubble("us", text);
    turns += 1;
    send({ type: "say", text, confidence: confidence || 0, key: call.id + ":" + turns });
  }

  function press(key) {
    if (!call) return;
    hush();
    call.digits = (call.digits || "") + key;
    clearTimeout(call.digitTimer);
    const digits = call.digits;
    call.digitTimer = setTimeout(() => {
      bubble("us", digits);
      turns += 1;
      send({ type: "digits", digits, key: call.id + ":" + turns });
      call.digits = "";
    }, 1200);
  }

  function offerPerson(people) {
    const li = bubble("note", "Would ring " + people.map((p) => p.name).join(", then ") + " now.");
    const pick = (label, took) => {
      const b = document.createElement("button");
      b.type = "button";
      b.className = "button small";
      b.textContent = label;
      b.onclick = () => { box.remove(); send({ type: "person", took }); words.focus(); };
      return b;
    };
    const box = document.createElement("div");
    box.className = "chips";
    const first = people[0] ? people[0].name.split(" ")[0] : "Someone";
    box.append(pick(first + " picks up", true), pick("Nobody picks up", false));
    li.append(box);
    $("screen").scrollTop = $("screen").scrollHeight;
    box.firstChild.focus();
  }

  const part = (path, target) => window.htmx && window.htmx.ajax("GET", path, { target, swap: "innerHTML" });

  function receive(m) {
    switch (m.type) {
      case "answered":
        call.id = m.call;
        call.since = Date.now();
        call.timer = setInterval(clock, 500);
        clock();
        enable(true);
        words.focus();
        break;
      case "say":
        bubble("", m.sentences.join(" "), m.why);
        part("/parts/knows/" + encodeURIComponent(call.id), "#knows");
        speak(m);
        break;
      case "note":
        bubble("note", m.text);
        break;
      case "person":
        offerPerson(m.transfer);
        break;
      case "ended":
        bubble("note", m.text);
        finish(m.call);
        break;
    }
  }

  function start(from) {
    log.replaceChildren();
    log.hidden = false;
    ring.hidden = true;
    $("after").hidden = true;
    show("Ringing…");
    turns = 0;
    const url = new URL(phone.dataset.socket, location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("token", phone.dataset.token);
    const socket = new WebSocket(url);
    call = { socket, spoken: "", speaking: false };
    socket.onopen = () => send({ type: "ring", to: phone.dataset.line, from });
    socket.onmessage = (e) => receive(JSON.parse(e.data));
    socket.onclose = () => { if (call && call.socket === socket) { bubble("note", "The line went dead."); finish(call.id); } };
  }

  function finish(id) {
    const socket = call && call.socket;
    if (call) { clearInterval(call.timer); clearTimeout(call.digitTimer); listen(false); }
    if (canSpeak) speechSynthesis.cancel();
    call = null;
    if (socket) socket.close();
    enable(false);
    $("keys").hidden = true;
    $("pad").setAttribute("aria-expanded", "false");
    ring.hidden = false;
    show("Call ended");
    $("call").focus({ preventScroll: true });
    $("screen").scrollTop = $("screen").scrollHeight;
    if (id) { $("after").hidden = false; part("/parts/outcome/" + encodeURIComponent(id), "#outcome"); }
  }

  // ---- what the caller does ----

  ring.addEventListener("submit", (e) => { e.preventDefault(); if (!call) start($("from").value.trim()); });
  $("say").addEventListener("submit", (e) => { e.preventDefault(); const t = words.value; words.value = ""; say(t); });
  words.addEventListener("input", () => { hush(); clearTimeout(call && call.quiet); });
  $("hang").addEventListener("click", () => { hush(); send({ type: "hang_up" }); });
  $("pad").addEventListener("click", () => {
    const open = $("keys").hidden;
    $("keys").hidden = !open;
    $("pad").setAttribute("aria-expanded", String(open));
  });
  $("keys").addEventListener("click", (e) => { if (e.target.dataset.key) press(e.target.dataset.key); });
  for (const b of phone.querySelectorAll("[data-say]")) b.addEventListener("click", () => { say(b.dataset.say); words.focus(); });
  for (const id of ["mic", "sound"]) {
    $(id).addEventListener("click", () => {
      const on = $(id).getAttribute("aria-pressed") !== "true";
      $(id).setAttribute("aria-pressed", String(on));
      if (id === "mic") listen(on); else if (!on) { hush(); }
    });
  }
  document.addEventListener("keydown", (e) => { if (e.key === "Escape" && call) { hush(); send({ type: "hang_up" }); } });
  window.addEventListener("pagehide", () => { if (call) send({ type: "hang_up" }); });
  enable(false);
})();
