package meaning

// Grain is a unit of time.
type Grain uint8

// The grains.
const (
	Minute Grain = iota + 1
	Hour
	DayGrain
	Weekend
	Week
	Month
	Year
)

// DayKind says how a day was named, which decides what may still move it.
type DayKind uint8

// The kinds of naming.
const (
	Fixed      DayKind = iota // a date, "tomorrow", "next tuesday": stays where it is
	ByWeekday                 // "tuesday": the coming one unless a week is named with it
	ByMonthDay                // "the fifteenth": the coming one unless a month or week is named with it
	Scope                     // a week, weekend or month: days named with it fall into it
	OpenEnd                   // "friday or after": no end
	Run                       // "monday to wednesday"
)

// Days is a run of whole days [From, To). A zero To is no end.
type Days struct {
	From, To Day
	Kind     DayKind
	Grain    Grain
	Weekday  int8 // ByWeekday: which; 0 is Sunday
	MonthDay int8 // ByMonthDay: which
	Holiday  bool
	FromTo   bool // said as "from A to B"
	// Wrong marks words that name no day that exists ("february thirtieth").
	Wrong bool
	// Unlikely marks a day on which what was said agrees, but so far ahead that a slip of the tongue is likelier:
	// "thursday the 15th" while the coming 15th is a Friday.
	Unlikely bool
	// Ahead marks days of which only what lies ahead is meant: "within three days", "by friday".
	Ahead bool
	// Or is how many days away the other reading lies, where the words have two: "next friday", said on a Monday, is
	// this week's or the week after's. 0: there is none.
	Or int8
}

// Hours is a stretch of a day, minutes after midnight, [From, To). To 0 is the end of the day.
type Hours struct {
	From, To int
	Moment   bool // one clock time was said; To is then From
	Vague    bool // "about"
	// Twelve marks a clock time of 1 to 12 without morning or afternoon said: both are possible.
	Twelve bool
	// ToTwelve is the same for the end of a range.
	ToTwelve bool
	Limit    Limit // "after", "before"
	Part     bool  // a part of the day, said as such
	Default  bool  // From and To are to be taken from the opening hours ("first thing")
}

// Limit says which end of a stretch is open.
type Limit uint8

// The limits.
const (
	Between Limit = iota
	After
	Before
)

// Visit is days with hours, read as one.
type Visit struct {
	Days  Days
	Hours Hours
}

// Length is an amount of time.
type Length struct {
	N     int
	Grain Grain
	Work  bool // of days: Saturdays and Sundays don't count
}

// Special is a wish that names no time of its own.
type Special uint8

// The special wishes.
const (
	Soonest Special = iota + 1
	Any
	Later
	Earlier
)
