# One call for each set of values, as P3 defines it.
import "bridge" as template;

map(template::bridge("\(if .urgent then "URGENT: " else "" end)Bridge for \(.service), \(.shift)"; .people))
