-- Lists folders in turn. Arguments: key, a file with the number of a folder in each line.
local requests, n = {}, 0

function init(args)
  local head = { ["Authorization"] = "Bearer " .. args[1], ["Content-Type"] = "application/json" }
  for id in io.lines(args[2]) do
    requests[#requests + 1] =
      wrk.format("POST", "/v1/file/ls.cgi", head, "{\"folder_id\":" .. id .. "}")
  end
end

function request()
  n = n % #requests + 1
  return requests[n]
end
