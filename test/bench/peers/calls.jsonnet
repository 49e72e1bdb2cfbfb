// One call for each set of values, as P3 defines it.
local bridge = import 'bridge.libsonnet';

function(values) [
  bridge(
    (if call.urgent then 'URGENT: ' else '') + 'Bridge for ' + call.service + ', ' + call.shift,
    call.people
  )
  for call in values
]
