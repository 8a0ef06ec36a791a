package understanding_test

import (
	"testing"
	"time"

	"fixly/contact"
	u "fixly/receptionist/understanding"
)

// entendido runs one utterance of a conversation that is held in Spanish.
func entendido(t testing.TB, asked u.Asked, text string, offers ...time.Time) u.Understanding {
	t.Helper()
	return engine(t).Understand(text, u.Context{Asked: asked, Now: monday, Language: "es", Offers: offers, CallerID: "+17735550150", Channel: "call"})
}

// Now is Monday 23 November 2026, 10:05.
var dichos = []struct{ text, want string }{
	// days
	{"hoy si se puede", "11-23"},
	{"hoy mismo", "11-23"},
	{"mañana", "11-24"},
	{"manana esta bien", "11-24"},
	{"pasado mañana", "11-25"},
	{"el miércoles", "11-25"},
	{"el miercoles", "11-25"},
	{"este viernes", "11-27"},
	{"el viernes que viene", "11-27"},
	{"el próximo jueves", "11-26"},
	{"el otro lunes", "11-30"},
	{"de hoy en ocho", "11-30"},
	{"del miércoles en ocho", "12-02"},
	{"en tres días", "11-26"},
	{"dentro de dos semanas", "12-07"},
	{"en quince días", "12-07"},
	{"el quince", "12-15"},
	{"el día 30", "11-30"},
	{"el primero de diciembre", "12-01"},
	{"el nueve de diciembre", "12-09"},
	{"10 de diciembre", "12-10"},
	{"diciembre diez", "12-10"},
	{"12/3", "12-03"},
	{"el viernes veintisiete de noviembre", "11-27"},
	{"el día de acción de gracias", "11-26"},
	{"después del día de acción de gracias", "11-27.."},
	{"nochebuena", "12-24"},
	{"el cuatro de julio", "07-04"},
	{"el día después de thanksgiving", "11-27"},
	{"hoy o mañana", "11-23..11-24"},
	{"mañana o pasado", "11-24..11-25"},
	{"el martes o el jueves", "11-24, 11-26"},
	{"de martes a jueves", "11-24..11-26"},
	{"entre semana", "11-23..11-27"},
	{"esta semana", "11-23..11-29"},
	{"la semana que viene", "11-30..12-06"},
	{"la próxima semana", "11-30..12-06"},
	{"el fin de semana", "11-28..11-29"},
	{"el martes de la próxima semana", "12-01"},
	{"a partir del miércoles", "11-25.."},
	{"después del jueves", "11-27.."},
	// parts of the day and clock times
	{"mañana por la mañana", "11-24 06:00-12:00"},
	{"mañana en la tarde", "11-24 12:00-18:00"},
	{"esta tarde", "11-23 12:00-18:00"},
	{"el jueves en la mañana", "11-26 06:00-12:00"},
	{"mañana tempranito", "11-24 06:00-10:00"},
	{"mañana a primera hora", "11-24 06:00-10:00"},
	{"a las dos y media", "11-23 14:30-15:30"},
	{"mañana a las ocho", "11-24 08:00-09:00"},
	{"mañana a las 9 am", "11-24 09:00-10:00"},
	{"a la una", "11-23 13:00-14:00"},
	{"a la una y cuarto", "11-23 13:15-14:15"},
	{"cuarto para las tres", "11-23 14:45-15:45"},
	{"las tres menos cuarto", "11-23 14:45-15:45"},
	{"diez para las cuatro", "11-23 15:50-16:50"},
	{"a las tres de la tarde", "11-23 15:00-16:00"},
	{"mañana a las diez de la mañana", "11-24 10:00-11:00"},
	{"a mediodía", "11-23 12:00-13:00"},
	{"como a las tres", "11-23 14:30-16:00"},
	{"el martes a las nueve y media", "11-24 09:30-10:30"},
	{"tres", "11-23 15:00-16:00"},
	{"9:30", "11-24 09:30-10:30"},
	{"de dos a cuatro", "11-23 14:00-16:00"},
	{"mañana entre las nueve y las once", "11-24 09:00-11:00"},
	{"mañana de ocho a diez de la mañana", "11-24 08:00-10:00"},
	{"después de las tres", "11-23 15:00-24:00"},
	{"el martes después de la una", "11-24 13:00-24:00"},
	{"el jueves antes de las once", "11-26 00:00-11:00"},
	{"mañana antes del mediodía", "11-24 00:00-12:00"},
	{"el viernes a partir de las cuatro", "11-27 16:00-24:00"},
	{"mañana de las tres en adelante", "11-24 15:00-24:00"},
	{"el miércoles después del trabajo", "11-25 17:00-24:00"},
	{"el jueves o viernes después de las dos", "11-26 14:00-24:00, 11-27 14:00-24:00"},
	{"la próxima semana, mejor en las mañanas", "11-30 06:00-12:00, 12-01 06:00-12:00, 12-02 06:00-12:00, 12-03 06:00-12:00, 12-04 06:00-12:00, 12-05 06:00-12:00"},
	{"en dos horas", "11-23 12:05-13:05"},
	{"como a las dos o tres de la tarde", "11-23 13:30-16:30"},
	{"el viernes después de las cuatro que salgo de trabajar", "11-27 16:00-24:00"},
	{"el miércoles 2 de diciembre", "12-02"},
	{"hoy ya no, mañana a primera hora", "11-24 06:00-10:00"},
	{"el lunes en la mañana o el martes en la tarde", "11-23 06:00-12:00, 11-24 12:00-18:00"},
	{"lo antes posible", "11-23 10:05.."},
	{"ahorita mismo", "11-23 10:05.."},
	// corrections and what is no wish
	{"mañana en la mañana, digo, en la tarde", "11-24 12:00-18:00"},
	{"el martes, no perdón, el miércoles", "11-25"},
	{"no, el lunes no puedo, el martes", "11-24"},
	// English in between
	{"el martes a las eight de la mañana", "11-24 08:00-09:00"},
	{"el weekend", "11-28..11-29"},
}

func TestSpanishTimes(t *testing.T) {
	for _, c := range dichos {
		if got := brief(entendido(t, u.AskedWhen, c.text).When.Wanted); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestSpanishExclusions(t *testing.T) {
	for _, c := range []struct{ text, wanted, excluded string }{
		{"antes del mediodía pero no el martes", "11-23 10:05-12:00", "11-24"},
		{"no puedo el lunes, mejor el martes", "11-24", "11-23"},
		{"el martes no puedo pero el miércoles sí", "11-25", "11-24"},
		{"cualquier día menos el viernes", "", "11-27"},
		{"el jueves no me queda", "", "11-26"},
		{"mañana no voy a estar", "", "11-24"},
	} {
		got := entendido(t, u.AskedWhen, c.text).When
		if brief(got.Wanted) != c.wanted || brief(got.Excluded) != c.excluded {
			t.Errorf("%q: %s, not %s", c.text, brief(got.Wanted), brief(got.Excluded))
		}
	}
}

func TestSpanishTimesWithoutADay(t *testing.T) {
	for text, want := range map[string]u.TimeKind{
		"cuando sea": u.TimeAny, "cuando puedan": u.TimeAny, "me da igual": u.TimeAny, "cualquier día": u.TimeAny, "cuanto antes": u.TimeSoonest,
		"lo más pronto que se pueda": u.TimeSoonest, "algo más tarde": u.TimeLater, "tiene algo más temprano": u.TimeEarlier,
		"buenas tardes": u.TimeNone, "hace tres días": u.TimeNone, "desde el lunes": u.TimeNone, "ayer en la noche": u.TimeNone, "la semana pasada": u.TimeNone,
	} {
		if got := entendido(t, u.AskedWhen, text).When.Kind; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, said := range map[string]string{"el treinta de febrero": "el treinta de febrero", "el 31 de noviembre": "el 31 de noviembre"} {
		if got := entendido(t, u.AskedWhen, text).When.Impossible; got != said {
			t.Errorf("%q: %q is impossible", text, got)
		}
	}
}

func TestSpanishNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"siete siete tres cinco cinco cinco cero uno cinco nueve":                        "+17735550159",
		"siete setenta y tres, quinientos cincuenta y cinco, cero uno cincuenta y nueve": "+17735550159",
		"siete siete tres, doble cinco cinco, oh uno cinco nueve":                        "+17735550159",
		"siete siete tres, triple cinco, cero uno, cinco nueve":                          "+17735550159",
		"es el 773 555 0159": "+17735550159",
		"código de área siete siete tres, luego cinco cincuenta y cinco, cero uno cincuenta y nueve":                         "+17735550159",
		"mejor use el tres uno dos, cinco cinco cinco, cero uno siete seis":                                                  "+13125550176",
		"trescientos doce, cinco cincuenta y cinco, cero cero ochenta y dos":                                                 "+13125550082",
		"seven seven three, cinco cinco cinco, oh one five nine":                                                             "+17735550159",
		"siete siete tres cinco cinco cinco cero uno cuatro dos, no, siete siete tres cinco cinco cinco cero uno dos cuatro": "+17735550124",
		"ahorita le digo": "",
	} {
		if got := entendido(t, u.AskedPhone, text).Phone; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"este mismo", "sí, este número está bien", "al mismo de donde estoy llamando", "es mi celular", "de este número", "el que le aparece ahí"} {
		if !entendido(t, u.AskedPhone, text).SameNumber {
			t.Errorf("%q does not mean this number", text)
		}
	}
	if got := entendido(t, u.AskedConfirm, "no, perdón, cuatro dos"); got.Digits != "42" || got.Answer != u.No {
		t.Errorf("a correction of two digits: %+v", got)
	}
}

func TestSpanishAddresses(t *testing.T) {
	for _, c := range []struct {
		text string
		want contact.Address
	}{
		{"1847 south racine avenue, código postal 60608", contact.Address{Line1: "1847 South Racine Avenue", ZIP: "60608"}},
		{"mil ochocientos cuarenta y siete sur racine", contact.Address{Line1: "1847 South Racine"}},
		{"dieciocho cuarenta y siete sur racine avenue", contact.Address{Line1: "1847 South Racine Avenue"}},
		{"eighteen forty seven south racine avenue", contact.Address{Line1: "1847 South Racine Avenue"}},
		{"en la calle clark número 2145", contact.Address{Line1: "2145 Clark Street"}},
		{"calle halsted 4521 sur", contact.Address{Line1: "4521 South Halsted Street"}},
		{"avenida damen 1842 norte, apartamento tres b", contact.Address{Line1: "1842 North Damen Avenue", Unit: "Apartment 3B"}},
		{"vivo en la 1510 norte hoyne, depto 2", contact.Address{Line1: "1510 North Hoyne", Unit: "Apartment 2"}},
		{"2145 oeste de la calle 18", contact.Address{Line1: "2145 West 18th Street"}},
		{"1234 oeste calle treinta y cinco", contact.Address{Line1: "1234 West 35th Street"}},
		{"dos mil ciento cuarenta y cinco norte damen avenue, seis cero seis cuatro siete", contact.Address{Line1: "2145 North Damen Avenue", ZIP: "60647"}},
		{"1842 n damen ave apt 3 chicago 60647", contact.Address{Line1: "1842 N Damen Ave", Unit: "Apt 3", City: "Chicago", ZIP: "60647"}},
		{"245 west ohio street, chicago illinois", contact.Address{Line1: "245 West Ohio Street", City: "Chicago", State: "IL"}},
		{"en la esquina de ashland y cermak", contact.Address{Line1: "Ashland and Cermak"}},
		{"estoy en la 18 y ashland", contact.Address{Line1: "18th Street and Ashland"}},
		{"vivo en cicero, en la 1424 sur de la 50 avenida", contact.Address{Line1: "1424 South 50th Avenue", City: "Cicero"}},
		{"mil doscientos norte ashland, apartamento cuatro, sesenta seis veintidós", contact.Address{Line1: "1200 North Ashland", Unit: "Apartment 4", ZIP: "60622"}},
		{"cuatro mil ciento cinco south king drive departamento dos ce", contact.Address{Line1: "4105 South King Drive", Unit: "Apartment 2C"}},
		{"3 norte la salle", contact.Address{Line1: "3 North La Salle"}},
		{"calle de la rosa 145", contact.Address{Line1: "145 Calle de la Rosa"}},
		{"123 el camino real", contact.Address{Line1: "123 El Camino Real"}},
		{"seis cero seis cero ocho", contact.Address{ZIP: "60608"}},
		{"el código postal es sesenta mil seiscientos ocho", contact.Address{ZIP: "60608"}},
		{"código postal sesenta y seis cero ocho", contact.Address{ZIP: "60608"}},
		{"es en cicero", contact.Address{City: "Cicero"}},
		{"segundo piso", contact.Address{Unit: "Second Floor"}},
		{"mil cuatrocientos seis", contact.Address{Line1: "1406"}},
	} {
		if got := entendido(t, u.AskedAddress, c.text).Address; got != c.want {
			t.Errorf("%q: %+v, want %+v", c.text, got, c.want)
		}
	}
	if !entendido(t, u.AskedAddress, "la misma dirección de siempre").SameAddress {
		t.Error("the address on file was not understood")
	}
}

func TestSpanishNames(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"me llamo guadalupe herrera", "Guadalupe Herrera"},
		{"guadalupe herrera", "Guadalupe Herrera"},
		{"Guadalupe Herrera López", "Guadalupe Herrera López"},
		{"mi nombre es maría de los ángeles pérez", "María de los Ángeles Pérez"},
		{"soy josé luis ramírez", "José Luis Ramírez"},
		{"habla con rosa", "Rosa"},
		{"juan carlos de la cruz", "Juan Carlos de la Cruz"},
		{"este, pedro, pedro infante", "Pedro Infante"},
		{"a nombre de carmen soto, por favor", "Carmen Soto"},
		{"mi esposo se llama raúl ortiz", "Raúl Ortiz"},
		{"le habla el señor gutiérrez", "Gutiérrez"},
		{"john smith", "John Smith"},
		{"de la torre", "De la Torre"},
		{"catalina con k", "Katalina"},
		{"yesenia con doble ese", "Yessenia"},
		{"g u a d a l u p e", "Guadalupe"},
		{"b de burro, o, t, e, l, l, o", "Botello"},
		{"v de vaca e l a z q u e z", "Velazquez"},
		{"efe u ene te", "Funt"},
		{"para qué lo necesita", ""},
		{"prefiero no decirlo", ""},
		{"espéreme tantito", ""},
	} {
		if got := entendido(t, u.AskedName, c.text).Name; got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	got := entendido(t, u.AskedName, "mi apellido es núñez")
	if name := u.MergeName("Ana", &got); name != "Ana Núñez" {
		t.Errorf("the last name after the first: %q", name)
	}
}
