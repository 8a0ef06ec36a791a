package meaning

// Tongues are the names of languages, whichever language they are said in, by their code (ISO 639-1). A caller who wants
// another language often asks for it in their own: "english please" in the middle of Spanish.
var Tongues = map[string]string{
	"english": "en", "ingles": "en", "inglés": "en", "inglish": "en",
	"spanish": "es", "espanol": "es", "español": "es", "castellano": "es",
}
