-- Takes one call of an organisation's allowance, or says which limit stands in the way and for how long.
-- KEYS: calls of the last minute, calls in flight, what Xero told us, what Xero told the app
-- ARGV: call id, window ms, flight ms, minute limit, minute reserve, at once, at-once reserve, day reserve, app reserve,
-- calls that have to follow this one in the same minute, moment of the call that this one belongs to or 0
-- Answers {"", moment that the call counts from, 0}, or {limit, milliseconds to wait, 1 where Xero itself asked to wait and 0 where we keep a reserve}.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window, flight = tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - flight)

local function told(key, name, fresh)
  local found = redis.call('HMGET', key, name, name .. '_at')
  if found[1] and found[2] and now - tonumber(found[2]) < fresh then return tonumber(found[1]) end
  return nil
end

for _, key in ipairs({KEYS[3], KEYS[4]}) do
  local stop = redis.call('HMGET', key, 'stop_until', 'stop_limit')
  if stop[1] and tonumber(stop[1]) > now then return {stop[2] or 'minute', tonumber(stop[1]) - now, 1} end
end

local day = told(KEYS[3], 'day', 3600000)
if day and day <= tonumber(ARGV[8]) then return {'day', 900000, 0} end
local app = told(KEYS[4], 'app', 60000)
if app and app <= tonumber(ARGV[9]) then return {'appminute', 5000, 0} end

local limit = math.max(tonumber(ARGV[4]), told(KEYS[3], 'limit', window) or 0) - tonumber(ARGV[5])
local used = redis.call('ZCARD', KEYS[1])
local spare = used + math.min(tonumber(ARGV[10]), limit - 1) - limit
if spare >= 0 then
  local last = redis.call('ZRANGE', KEYS[1], spare, spare, 'WITHSCORES')
  return {'minute', math.max(tonumber(last[2]) + window - now, 50), 0}
end
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[6]) - tonumber(ARGV[7]) then return {'concurrent', 500, 0} end

-- Earlier than it is made by no more than the window is longer than a minute: so Xero never counts what we don't.
local counted, together = now, tonumber(ARGV[11])
if together > 0 then counted = math.min(now, math.max(together, now - math.max(window - 60000, 0))) end
redis.call('ZADD', KEYS[1], counted, ARGV[1])
redis.call('PEXPIRE', KEYS[1], window)
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('PEXPIRE', KEYS[2], flight)
return {'', counted, 0}
