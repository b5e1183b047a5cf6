-- Calls one endpoint again and again. Arguments: path, key, JSON.
function init(args)
  wrk.path = args[1]
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. args[2]
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = args[3]
  call = wrk.format()
end

function request() return call end
