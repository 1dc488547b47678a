-- A call that was taken and not made. KEYS: as take.lua. ARGV: call id
redis.call('ZREM', KEYS[1], ARGV[1])
return redis.call('ZREM', KEYS[2], ARGV[1])
