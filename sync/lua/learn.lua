-- Corrects the counts by what Xero's headers say after a call.
-- KEYS: as take.lua. ARGV: call id, window ms, minute limit, minute remaining, day remaining, app remaining,
-- stop limit, stop ms (empty where Xero did not say)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[2])
redis.call('ZREM', KEYS[2], ARGV[1])

local function tell(key, name, value)
  redis.call('HSET', key, name, value, name .. '_at', now)
  redis.call('PEXPIRE', key, 86400000)
end

if ARGV[4] ~= '' then
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
  local used, left, limit = redis.call('ZCARD', KEYS[1]), tonumber(ARGV[4]), tonumber(ARGV[3])
  local known = redis.call('HMGET', KEYS[3], 'limit', 'limit_at')
  if known[1] and known[2] and now - tonumber(known[2]) < window then limit = math.max(limit, tonumber(known[1])) end
  -- At times Xero lifts the limit: then as much may be left as all of what we know of.
  if left >= limit then
    limit = left + 1
    tell(KEYS[3], 'limit', limit)
  end
  -- Xero's minutes are fixed ones, and it counts only what was made in the present one and has arrived.
  local counted, flying = limit - left, redis.call('ZCARD', KEYS[2])
  if used > counted + flying then redis.call('ZREMRANGEBYRANK', KEYS[1], 0, used - counted - flying - 1) end
  -- Somebody else uses this organisation's allowance too: count their calls as made just now.
  for extra = 1, counted - used do
    redis.call('ZADD', KEYS[1], now, ARGV[1] .. ':' .. extra)
    redis.call('PEXPIRE', KEYS[1], window)
  end
  tell(KEYS[3], 'minute', left)
end
if ARGV[5] ~= '' then tell(KEYS[3], 'day', ARGV[5]) end
if ARGV[6] ~= '' then tell(KEYS[4], 'app', ARGV[6]) end
if ARGV[8] ~= '' then
  local key = KEYS[3]
  if string.sub(ARGV[7], 1, 3) == 'app' then key = KEYS[4] end
  -- Of calls under way at once one may be refused for the day and another for a moment: the longest pause holds.
  local known = tonumber(redis.call('HGET', key, 'stop_until') or 0)
  if now + tonumber(ARGV[8]) > known then
    redis.call('HSET', key, 'stop_until', now + tonumber(ARGV[8]), 'stop_limit', ARGV[7])
    redis.call('PEXPIRE', key, math.max(86400000, tonumber(ARGV[8])))
  end
end
return 1
