// Asks the browser for a subscription to notifications and hands it to the server. Without this script the page still lists
// the devices, and what each gets.
"use strict";

const form = document.getElementById("this-device");
const told = document.getElementById("told");

// bytes reads base64url.
const bytes = (s) => Uint8Array.from(atob(s.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

// base64 writes base64url.
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function supported() {
  if (!window.isSecureContext) {
    return "Browsers allow notifications on https only, or on this machine itself.";
  }
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
    return "This browser knows no notifications. On an iPhone, add this page to the home screen first, and open it from there.";
  }
  return "";
}

async function subscribe(key) {
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const worker = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  const old = await worker.pushManager.getSubscription();
  if (old && base64(old.options.applicationServerKey) !== key) {
    await old.unsubscribe(); // it was made for another server
  }
  return worker.pushManager.subscribe(options);
}

async function begin(event) {
  event.preventDefault();
  told.textContent = "";
  try {
    if ((await Notification.requestPermission()) !== "granted") {
      told.textContent = "The browser was told not to show notifications of this page. Its settings for this site can change that.";
      return;
    }
    const s = await subscribe(form.dataset.key);
    form.elements.endpoint.value = s.endpoint;
    form.elements.key.value = base64(s.getKey("p256dh"));
    form.elements.auth.value = base64(s.getKey("auth"));
    form.removeEventListener("submit", begin);
    form.requestSubmit();
  } catch (error) {
    told.textContent = "It did not work: " + error.message;
  }
}

const why = supported();
if (why) {
  told.textContent = why;
} else {
  form.addEventListener("submit", begin);
  form.querySelector("button").disabled = false;
}
