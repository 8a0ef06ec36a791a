package messaging

import "fmt"

// spanish is the Spanish catalogue. The words that end and begin texts are those that optout.go knows.
type spanish struct{}

func (spanish) LateTextBack(shop string) string {
	return fmt.Sprintf("Hola, le escribimos de %s. Perdón por no haber podido atenderle antes. ¿En qué le podemos ayudar?", shop)
}

func (spanish) Stopped(shop string) string {
	return fmt.Sprintf("%s: ya no le mandaremos más mensajes. Responda START para volver a recibirlos.", shop)
}

func (spanish) NoCalls(shop string) string {
	return fmt.Sprintf("%s: ya no le llamaremos. Responda ALTO para no recibir mensajes tampoco.", shop)
}

func (spanish) Started(shop string) string {
	return fmt.Sprintf("%s: volverá a recibir nuestros mensajes. Responda ALTO para dejar de recibirlos, AYUDA para ayuda.", shop)
}

func (spanish) Help(shop, line string) string {
	return fmt.Sprintf("%s: escríbanos qué necesita y cuándo le conviene, o llame al %s. Pueden aplicarse tarifas de mensajes y datos. Responda ALTO para dejar de recibirlos.", shop, line)
}

func (spanish) Says(who, answer string) string { return fmt.Sprintf("%s dice: \"%s\"", who, answer) }
