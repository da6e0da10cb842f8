from payseal import Bitloga
from program import body, run, signature

client = Bitloga("api-key", "api-secret")
run(lambda: client.verify_callback(body, signature).uniqueid)
