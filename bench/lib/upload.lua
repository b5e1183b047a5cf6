-- Uploads files of 10 KiB, each of another content. Arguments: key, files in each request.
local threads, n, head, files = 0, 0, {}, 1
local rest = string.rep("x", 10240 - 40)

function setup(thread)
  threads = threads + 1
  thread:set("thread", threads)
end

function init(args)
  files = tonumber(args[2])
  head["Authorization"] = "Bearer " .. args[1]
  head["Content-Type"] = "multipart/form-data; boundary=BOUNDARY"
  head["EXPORT"] = "1"
  math.randomseed(os.time() * 16 + thread)
  run = math.random(0, 99999999)
end

function request()
  local parts = {}
  for _ = 1, files do
    n = n + 1
    local id = string.format("%08d%08d%024d", thread, run, n)
    parts[#parts + 1] = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"" .. id
      .. "\"\r\nContent-Type: application/octet-stream\r\n\r\n" .. id .. rest .. "\r\n"
  end
  parts[#parts + 1] = "--BOUNDARY--\r\n"
  return wrk.format("POST", "/upload.cgi", head, table.concat(parts))
end
