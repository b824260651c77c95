# What it costs to start at all, against the smallest thing that git does.
ratio start 1.000 -- notes --version -- git --version
