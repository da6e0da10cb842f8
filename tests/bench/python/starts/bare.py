from program import body, run

run(lambda: "125" if body else "")
