package understanding

// WithoutClassifier makes the engine understand by its grammar alone.
func (e *Engine) WithoutClassifier() *Engine {
	for _, l := range e.langs {
		l.model = nil
	}
	return e
}
