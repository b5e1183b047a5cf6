-- Asks for paths in turn. Argument: a file with a path in each line.
local requests, n = {}, 0

function init(args)
  for path in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", path) end
end

function request()
  n = n % #requests + 1
  return requests[n]
end
