// The service worker of the owner's pages: it shows the notifications that the server pushes, and opens the page that each
// is about. It keeps nothing and answers no requests.
"use strict";

self.addEventListener("push", (event) => {
  let news = {};
  try {
    news = event.data.json();
  } catch {
    // A push without readable words still has to be shown, or browsers take the permission away.
  }
  event.waitUntil(
    self.registration.showNotification(news.title || "Fixly", {
      body: news.body || "There is news.",
      tag: news.tag || undefined,
      renotify: Boolean(news.tag),
      requireInteraction: Boolean(news.urgent),
      data: { path: news.path || "/" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const page = new URL(event.notification.data.path, self.location.origin);
  if (page.origin !== self.location.origin) {
    return;
  }
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((open) => {
      const there = open.find((c) => c.url === page.href);
      return there ? there.focus() : self.clients.openWindow(page.href);
    }),
  );
});
