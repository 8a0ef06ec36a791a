package doctor

import (
	"errors"
	"io/fs"
	"net/netip"
	"net/url"
	"os"

	"fixly/config"
)

func configuration(c config.Config) []Finding {
	if err := c.Check(); err != nil {
		return []Finding{{Wrong, "configuration", err.Error(), "The server does not start like this; fixly serve --help lists every setting."}}
	}
	out := []Finding{{OK, "configuration", "listens on " + c.Listen, ""}}
	out = append(out, secretKey(c))
	if c.Demo {
		out = append(out, Finding{Note, "demo", "the dashboard needs no sign-in", "Leave --demo out where real customers call."})
	}
	if !c.Demo && c.APIKey == "" {
		out = append(out, Finding{Note, "API", "no administrator's key is set, so nobody can sign in", "Set FIXLY_API_KEY, for example from `openssl rand -hex 24`."})
	}
	return append(out, publicURL(c))
}

// secretKey looks at the key without making one.
func secretKey(c config.Config) Finding {
	const about = "secret key"
	if len(c.SecretKey) > 0 {
		return Finding{OK, about, "from FIXLY_SECRET_KEY", ""}
	}
	path := c.KeyFile()
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Finding{Note, about, "none yet", "The first fixly serve makes one in " + path + "; back it up with the database."}
	case err != nil:
		return Finding{Wrong, about, err.Error(), "Let the user that runs Fixly read the file."}
	case info.Mode().Perm()&0o077 != 0:
		return Finding{Wrong, about, "others on this machine may read " + path, "Run: chmod 600 " + path}
	}
	if err := c.FindSecretKey(); err != nil {
		return Finding{Wrong, about, err.Error(), "Put back the key from the backup of the database."}
	}
	return Finding{OK, about, "in " + path, ""}
}

// publicURL judges whether a carrier can reach the server; that it answers there is seen only from outside.
func publicURL(c config.Config) Finding {
	const about = "public address"
	if c.PublicURL == "" {
		return Finding{Note, about, "not set, so only the browser phone can ring", "Set --public-url to the https address under which Twilio reaches this server."}
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil {
		return Finding{Wrong, about, err.Error(), "Set --public-url to an address such as https://phone.example.com."}
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if u.Hostname() == "localhost" || err == nil && (ip.IsLoopback() || ip.IsPrivate()) {
		return Finding{Note, about, c.PublicURL + " is reached from this network only", "Twilio needs an address on the internet: a name with a certificate, or a tunnel."}
	}
	if u.Scheme != "https" {
		return Finding{Wrong, about, c.PublicURL + " is not https, and ConversationRelay connects to nothing else", "Put a proxy with a certificate in front, and set --public-url to its https address."}
	}
	return Finding{OK, about, c.PublicURL, ""}
}
