package consent

// Words that end calls when they are spoken in one. A recogniser writes few stops and no commas that can be trusted, so
// that "don't call me" counts where it is the last that is said, or with words that make it for good; with a time or a
// place it is about that time or place.

// Pieces of the patterns below.
const (
	// enOffList is the wish to be taken off a list, not one of people who wait for a visit.
	enOffList = `\b(?:take|remove|delete|get|drop) (?:me|us|my number|this number|my phone number|my name) (?:off|from|out)(?: of)? (?:of )?(?:your|the|this|all|these|that|any)(?: of your| your| the| these)? ` +
		`(?:(?:call|calling|calls|phone|contact|customer|client|mailing|marketing|email|text|texting|dialing|spam|robocall|telemarketing|sales|stupid) )?(?:list|lists|texts|messages|system|database|contacts|records)\b`

	enNever = `(?:dont|do not|never|not to|to not|must not)(?: you)?(?: ever| even| dare| please)*`
	enWho   = `(?: me| us| here| back| this (?:number|phone|line|house)| (?:at|on) (?:this|my) (?:number|phone|cell|line)| my (?:phone|number|cell|house|home|cell phone))`
	// enLast is nothing more, or words to part with.
	enLast = `(?: please| pls| thanks| thank you| ok| okay| bye| goodbye| good bye| sir| maam|(?: im| i am)? not interested| \|)* $`

	esCall = `(?:llamen|llame|llames|marquen|marque|marques|hablen|hable|hables)`
	esLast = `(?: por favor| gracias| muchas gracias| adios| ok| no me interesa| ya| \|)* $`
)

var (
	enUnlessSpoken = patterns(
		// a time or a place of one call, and what we are not to call them
		`\b(?:dont|do not|never|not to|to not|stop|quit)(?: ever| you)? (?:call|calling|ring|ringing|phone|phoning|contact|contacting|bother|bothering)(?: or text| or texting)?(?: me| us| here)?(?: back)?(?: again| anymore| any more)? (?:before|until|till|til|after|between|past|while|during|when|unless|if|today|tonight|tomorrow|yet|so (?:early|late)|this (?:early|late|week|morning|afternoon|evening)|in the|for (?:a|an|the|another|at)|from (?:work|the)|on (?:mon|tues|wednes|thurs|fri|satur|sun)days?|on (?:the )?(?:week|holi|my (?:lunch|break|day))\w*|at (?:work|home|night|noon|lunch|dinner|school|church|the|my (?:work|job|office|desk)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|\d+))\b`,
		`\b(?:dont|do not|stop) call(?:ing)? (?:me|him|her|it|us) (?:sir|maam|mam|honey|sweetie|sweetheart|dear|buddy|bro|man|names|that|by|mister|mr|mrs|miss|boss|crazy|a)\b`,
		`\b(?:dont|do not) (?:call|ring|phone) (?:me |us )?(?:right )?now\b`,
		// it is they who will call
		`\b(?:dont|do not) (?:call|contact|bother|ring|phone) (?:me|us)(?: back| please)*(?: \|)?(?: ok| okay| because| cause| and| but)? (?:ill|i will|im going to|im gonna|i can|let me|we will|well|were going to) (?:just |be )?(?:call|calling|get|text|ring|reach|phone|contact)\b`,
		// what others said, and what one does oneself
		`\b(?:he|she|they|husband|wife|tenant|tenants|boss|neighbor|landlord|somebody|someone|mom|dad|mother|father) (?:said|says|say|told me|tells me|told him|told her|told them)\b[^|]*`,
		`\b(?:i|ill|id|we|he|she|it|they|wont|cant|couldnt) (?:will |would |should |could |can |cant |wont |didnt |had to |have to |almost )?(?:stop|quit)\b`,
		`\b(?:people|folks|guys|plumbers|techs|technicians|companies|contractors|office) (?:dont|do not|never) (?:call|ring|phone)\b`,
		`\b(?:off|from|out of) (?:of )?(?:your |the )?do not call list\b`,
	)
	enBothSpoken = patterns(
		`\b`+enNever+` (?:call|ring|phone)`+enWho+`*(?: again| anymore| any more| no more| ever| at all)\b`,
		`\b(?:dont|do not|not to) (?:ever )?(?:call|ring|phone)(?: me| us| (?:at |on )?this number| (?:on |at )?my (?:phone|number|cell))(?: back)?`+enLast,
		`(?:^|\|) (?:please )?never (?:call|ring|phone) (?:me|us|this number)`+enLast,
		`\b`+enNever+` (?:call|ring|phone|text|contact)(?: me)? (?:or|nor|and) (?:text|call|message|contact|email|write)(?: me| us| this number)?\b`,
		`\b`+enNever+` (?:call|ring|phone)(?: me)? (?:and|or) (?:dont|do not|never) (?:text|message)\b|\b(?:dont|do not|never) (?:text|message)(?: me)? (?:and|or) (?:dont|do not|never) call\b`,
		`\b(?:stop|quit|cease|no more) (?:calling|ringing|phoning)(?:`+enWho+`| all the time| every day| so (?:much|often)| constantly|`+enLast+`)`,
		`\b(?:dont|do not|no longer|never) (?:want|wish)(?: for)?(?: you| you guys| you people| yall| anyone| anybody| your company)?(?: to)? (?:call|calling|be called|contact|contacting|be contacted|phoned)(?: me| us| here)?(?:(?: back)? (?:again|anymore|any more|ever|at all)\b|(?: back)?`+enLast+`)`,
		`\b(?:dont|do not|no longer) (?:want|wish)(?: to (?:get|receive|have))?(?: any| any more| anymore| more| your| these)* (?:phone )?calls(?: from (?:you|yall|this|your)| anymore| any more| again|`+enLast+`)`,
		`\bno more (?:phone )?calls\b`,
		`\bdo not call list\b`,
		enOffList,
		`\b(?:lose|delete|erase|forget) my (?:phone )?number\b|\b(?:remove|delete) my (?:phone )?number(?: from (?:your|the|this|that))?(?: (?:list|system|database|contacts|records))?`+enLast,
		`\b(?:want|like|wish|need) to (?:opt out|unsubscribe)`+enLast+`|\b(?:opt me out|unsubscribe me)\b`,
		`\b(?:want|like|wish|need) to be (?:removed|taken off)(?: from| of)?(?: (?:of )?(?:your|the|this|that|all)(?: call| calling| phone| contact)? (?:list|lists|system|database))`,
	)
	enTextsInstead = patterns(
		`\b(?:dont|do not|never|stop|quit) (?:ever )?(?:call|calling)(?: me| us| here)?(?: back| anymore| any more| again| ever| please)*(?: \|)?(?: just| only| instead| but| please| you can| can you| could you| you could| id rather you| id prefer you| i prefer| simply| so)* (?:text|txt|texts|texting|message|send (?:me )?(?:a )?(?:text|message)|shoot (?:me )?(?:a )?(?:text|message))\b`,
		`\b(?:text|message)(?: me| us)?(?: instead| only| please)*(?: \|)?(?: and| but| please)* (?:dont|do not) call(?: me| us)?`+enLast,
		`\bno (?:more )?(?:phone )?calls(?: please)?(?: \|)?(?: just| only)* (?:text|texts)\b`,
	)
	enTextsWanted = patterns(
		`\b(?:you can|you could|just|only|please|but|can you|could you|still|rather you) (?:just |still |only )?(?:text|txt|message)(?: me| us)?\b`,
		`\b(?:texts|texting) (?:is|are) (?:fine|okay|ok|good|better)\b`,
	)

	esUnlessSpoken = patterns(
		`\b(?:ya )?no (?:me |nos )?(?:vuelvan? a |vuelvas a )?(?:llam|marqu|marc|habl)\w+(?: mas| de nuevo| otra vez| nunca)? (?:antes|despues|hasta|al? (?:trabajo|mi trabajo|la oficina|las|la una|mediodia|medianoche)|en (?:la|el|las|los|mi)|de (?:noche|dia|usted|tu|dos|una)|que|tan|cuando|mientras|si|hoy|manana|ahora|ahorita|todavia|aun|por la|entre|el|los|tarde|temprano|adelante|esta|este|para)\b`,
		`\bno (?:me|nos) `+esCall+`(?: por favor)?(?: \|)?(?: porque)? yo (?:(?:mejor |mismo |misma )?(?:les|le|los|la|lo|te) )?(?:llamo|llamare|marco|hablo|voy)\b`,
		`\b(?:el|ella|ellos|alguien|mi \w+|el \w+|la \w+) (?:me )?(?:dijo|dice|dijeron) que\b[^|]*`,
	)
	esBothSpoken = patterns(
		`\bno (?:me|nos) `+esCall+`(?: por telefono| aqui| a este numero| a mi (?:casa|celular|telefono|numero))? (?:mas|nunca|jamas|otra vez|de nuevo)\b`,
		`\bya no (?:me|nos) `+esCall+`(?: por telefono| aqui| a este numero| a mi (?:casa|celular|telefono|numero))?(?: porque\b|`+esLast+`)`,
		`\b(?:nunca|jamas)(?: mas)? (?:me|nos) (?:vuelvan? a (?:llamar|marcar|hablar)|`+esCall+`)\b`,
		`\bno (?:me |nos )?vuelva[ns]? a (?:llamar|marcar|hablar)(?:me|nos)?\b`,
		`\b(?:dejen|deja|paren|basta) (?:ya )?de (?:llamar|marcar)(?:me|nos)?\b|\b(?:deje|pare) (?:ya )?de (?:llamar|marcar)(?:me|nos)\b`,
		`\bno (?:quiero|deseo|queremos) que (?:me|nos) (?:`+esCall+`|vuelvan a llamar)(?: mas\b| nunca\b| otra vez\b| de nuevo\b|`+esLast+`)`,
		`\bno (?:quiero|deseo|queremos)(?: recibir)?(?: mas| sus)* llamadas\b|\bno mas llamadas\b`,
		`\b(?:quit|saqu|borr|elimin|remuev)(?:en|e|an|a)(?:me|nos)? (?:ya )?(?:(?:a )?mi (?:numero|nombre|telefono) )?(?:de|fuera de) (?:su|sus|la|las|esa|esta|tu|todas sus|todas las) (?:lista|listas|base de datos|sistema|registro|registros|contactos|directorio)\b`,
		`\b(?:quiten|borren|eliminen|saquen) mi (?:numero|telefono)`+esLast,
		`\bquiero darme de baja\b|\b(?:denme|deme) de baja`+esLast,
		`\blista de no llamar\b`,
		`\bno (?:me |nos )?`+esCall+` ni (?:me |nos )?(?:escrib|mand|text|envi)\w+|\bni (?:me |nos )?(?:escrib|mand|text|envi)\w+ ni (?:me |nos )?`+esCall+`\b`,
		`\bno (?:me|nos) (?:llamen|llame|llames|marquen|marque|marques)`+esLast,
	)
	esTextsInstead = patterns(
		`\bno (?:me|nos) `+esCall+`(?: mas| por favor| nunca| de nuevo| otra vez)*(?: \|)?(?: mejor| solo| solamente| nada mas| prefiero| y| pero| que)* (?:me |nos )?(?:escrib\w+|textee\w*|(?:mand|envi)\w+ (?:un |solo )?(?:mensaje|mensajes|texto|textos)|(?:un |por )?(?:mensaje|mensajes|texto|textos))\b`,
		`\b(?:escrib[ae]n?me|textee?n?me|(?:mand|envi)en?me (?:un )?(?:mensaje|texto))(?: mejor| por favor)*(?: \|)?(?: pero| y)* no (?:me|nos) (?:llamen|llame|llames|marquen)`+esLast,
	)
	esTextsWanted = patterns(
		`\b(?:escrib[ae]n?me|textee?n?me|(?:mand|envi)en?me (?:un )?(?:mensaje|mensajes|texto|textos)|solo (?:por )?(?:mensaje|mensajes|texto|textos))\b`,
	)
)
