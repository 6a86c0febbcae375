package dockerfile

// mounted is a form of --mount.
func mounted(m Mount, want string) form {
	return step("mount "+want, Run{Shell: "x", Mounts: []Mount{m}}, "RUN --mount="+want+" \\\n    x")
}

// flagged is a form of another flag of RUN.
func flagged(r Run, want string) form {
	r.Shell = "x"
	return step("flag "+want, r, "RUN "+want+" \\\n    x")
}

// copied is a form of COPY's flags.
func copied(c Copy, want string) form {
	c.Sources, c.Dest = []string{"a"}, "/b"
	return step("COPY "+want, c, "COPY "+want+" a /b")
}

// added is a form of ADD's flags.
func added(a Add, want string) form {
	a.Sources, a.Dest = []string{"https://x.io/a"}, "/b"
	return step("ADD "+want, a, "ADD "+want+" https://x.io/a /b")
}

// healthy is a form of HEALTHCHECK's flags.
func healthy(h Healthcheck, want string) form {
	h.Command = &Command{Shell: "x"}
	return step("HEALTHCHECK "+want, h, "HEALTHCHECK "+want+" CMD x")
}

// flagForms are the forms of all flags.
func flagForms() []form {
	return []form{
		mounted(Mount{Type: "bind", Target: "/t"}, "type=bind,target=/t"),
		mounted(Mount{Type: "bind", From: "s", Source: "/s", Target: "/t"}, "type=bind,from=s,source=/s,target=/t"),
		mounted(Mount{Type: "bind", Target: "/t", ReadWrite: true}, "type=bind,target=/t,readwrite"),
		mounted(Mount{Type: "bind", Target: "/t", ReadOnly: true}, "type=bind,target=/t,readonly"),
		mounted(Mount{Type: "bind", Target: "/$A/${B:-c}"}, "type=bind,target=/$A/${B:-c}"),
		mounted(Mount{Type: "bind", Source: "a,b", Target: "/t u"}, `'type=bind,"source=a,b",target=/t u'`),
		mounted(Mount{Type: "cache", Target: "/t"}, "type=cache,target=/t"),
		mounted(Mount{Type: "cache", ID: "i", Target: "/t", Sharing: "shared"}, "type=cache,id=i,target=/t,sharing=shared"),
		mounted(Mount{Type: "cache", Target: "/t", Sharing: "private"}, "type=cache,target=/t,sharing=private"),
		mounted(Mount{Type: "cache", Target: "/t", Sharing: "locked"}, "type=cache,target=/t,sharing=locked"),
		mounted(Mount{Type: "cache", From: "s", Source: "/s", Target: "/t", ReadOnly: true}, "type=cache,from=s,source=/s,target=/t,readonly"),
		mounted(Mount{Type: "cache", Target: "/t", Mode: "0700", UID: ptr(1), GID: ptr(2)}, "type=cache,target=/t,mode=0700,uid=1,gid=2"),
		mounted(Mount{Type: "tmpfs", Target: "/t"}, "type=tmpfs,target=/t"),
		mounted(Mount{Type: "tmpfs", Target: "/t", Size: "64m"}, "type=tmpfs,target=/t,size=64m"),
		mounted(Mount{Type: "secret", ID: "i"}, "type=secret,id=i"),
		mounted(Mount{Type: "secret", Target: "/t"}, "type=secret,target=/t"),
		mounted(Mount{Type: "secret", ID: "i", Env: "E", Required: true}, "type=secret,id=i,env=E,required"),
		mounted(Mount{Type: "secret", ID: "i", Target: "/t", Mode: "0400", UID: ptr(0), GID: ptr(0)}, "type=secret,id=i,target=/t,mode=0400,uid=0,gid=0"),
		mounted(Mount{Type: "ssh"}, "type=ssh"),
		mounted(Mount{Type: "ssh", ID: "i", Target: "/t", Mode: "0600", UID: ptr(1), GID: ptr(2), Required: true}, "type=ssh,id=i,target=/t,mode=0600,uid=1,gid=2,required"),
		flagged(Run{Network: "default"}, "--network=default"),
		flagged(Run{Network: "none"}, "--network=none"),
		flagged(Run{Network: "host"}, "--network=host"),
		flagged(Run{Security: "sandbox"}, "--security=sandbox"),
		flagged(Run{Security: "insecure"}, "--security=insecure"),
		flagged(Run{Devices: []string{"vendor.com/class"}}, "--device=vendor.com/class"),
		flagged(Run{Devices: []string{"vendor.com/class=name"}}, "--device=vendor.com/class=name"),
		flagged(Run{Devices: []string{"vendor.com/class=*,required"}}, "--device=vendor.com/class=*,required"),
		flagged(Run{Devices: []string{"name=vendor.com/class"}}, "--device=name=vendor.com/class"),
		flagged(Run{Devices: []string{"a/b", "c/d"}}, "--device=a/b \\\n    --device=c/d"),
		flagged(Run{Mounts: []Mount{{Type: "ssh"}, {Type: "tmpfs", Target: "/t"}}}, "--mount=type=ssh \\\n    --mount=type=tmpfs,target=/t"),

		copied(Copy{From: "s"}, "--from=s"),
		copied(Copy{From: "debian:12"}, "--from=debian:12"),
		copied(Copy{Chown: "u:g"}, "--chown=u:g"),
		copied(Copy{Chown: "$U:1000"}, "--chown=$U:1000"),
		copied(Copy{Chmod: "0755"}, "--chmod=0755"),
		copied(Copy{Chmod: "u=rwX,go+rX"}, "--chmod=u=rwX,go+rX"),
		copied(Copy{Chmod: "$M"}, "--chmod=$M"),
		copied(Copy{Link: true}, "--link"),
		copied(Copy{Parents: true}, "--parents"),
		copied(Copy{Exclude: []string{"*.md", "**/a b"}}, `--exclude=*.md --exclude="**/a b"`),
		added(Add{Chown: "u:g"}, "--chown=u:g"),
		added(Add{Chmod: "0755"}, "--chmod=0755"),
		added(Add{Link: true}, "--link"),
		added(Add{KeepGitDir: true}, "--keep-git-dir"),
		added(Add{Checksum: "sha256:0f"}, "--checksum=sha256:0f"),
		added(Add{Checksum: "0123abcd"}, "--checksum=0123abcd"),
		added(Add{Checksum: "$SUM"}, "--checksum=$SUM"),
		added(Add{Unpack: ptr(true)}, "--unpack"),
		added(Add{Unpack: ptr(false)}, "--unpack=false"),
		added(Add{Exclude: []string{"*.md"}}, "--exclude=*.md"),
		healthy(Healthcheck{Interval: "30s"}, "--interval=30s"),
		healthy(Healthcheck{Timeout: "1m30s"}, "--timeout=1m30s"),
		healthy(Healthcheck{StartPeriod: "0"}, "--start-period=0"),
		healthy(Healthcheck{StartInterval: "500ms"}, "--start-interval=500ms"),
		healthy(Healthcheck{Retries: ptr(0)}, "--retries=0"),
	}
}
