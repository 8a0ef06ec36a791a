package followup

import (
	"fmt"
	"time"
)

// OnMyWay names the hour, or the window that was promised.
func (e english) OnMyWay(shop string, v visit, at time.Time) string {
	who := first(v.Technician)
	if at.IsZero() {
		return fmt.Sprintf("%s: %s is on the way to you, for %s.", shop, who, e.window(v))
	}
	return fmt.Sprintf("%s: %s is on the way and should be with you about %s.", shop, who, at.Format("3:04 PM"))
}

// Review asks once and gives the address last: what follows one may be taken for a part of it.
func (english) Review(shop, link string) string {
	return fmt.Sprintf("Thanks for having %s over. If you have a minute, a review helps us a lot. STOP ends texts. %s", shop, link)
}

func (english) ReviewMail(shop, link, unsubscribe string) (title, body string) {
	return "How was " + shop + "?", fmt.Sprintf("Thanks for having %s over. If you have a minute, a review helps us a lot:\n%s\n\nNo more e-mails like this: %s\n", shop, link, unsubscribe)
}

func (s spanish) OnMyWay(shop string, v visit, at time.Time) string {
	who := first(v.Technician)
	if at.IsZero() {
		return fmt.Sprintf("%s: %s va en camino, para %s", shop, who, stopped(s.window(v)))
	}
	article := "las"
	if at.Hour()%12 == 1 {
		article = "la"
	}
	return fmt.Sprintf("%s: %s va en camino y llega como a %s %s", shop, who, article, stopped(at.Format("3:04")+" "+spanishHalf(at)))
}

func (spanish) Review(shop, link string) string {
	return fmt.Sprintf("Gracias por recibir a %s. Si tiene un minuto, una reseña nos ayuda mucho. ALTO para no recibir más. %s", shop, link)
}

func (spanish) ReviewMail(shop, link, unsubscribe string) (title, body string) {
	return "¿Qué tal " + shop + "?", fmt.Sprintf("Gracias por recibir a %s. Si tiene un minuto, una reseña nos ayuda mucho:\n%s\n\nPara no recibir más correos como este: %s\n", shop, link, unsubscribe)
}
