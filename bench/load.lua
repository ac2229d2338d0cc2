-- SPDX-License-Identifier: Apache-2.0
-- One kind of request, with an access token where one is given; prints the figures of the run as one line for bench/run.

function init(args)
  if args[1] == "post" then
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.body = '{"note":"' .. string.rep("order of the day ", 128):sub(1, 2048 - 11) .. '"}'
  end
  wrk.headers["Accept"] = "application/json"
  if args[2] then
    wrk.headers["Authorization"] = "Bearer " .. args[2]
  end
end

function done(summary, latency, requests)
  local e = summary.errors
  local errors = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("RESULT %d,%d,%d,%d,%d,%d\n", summary.requests, summary.duration, summary.bytes, errors,
    latency:percentile(50), latency:percentile(99)))
end
