;; Reads the text that module-text.mjs writes, which also fills in the table: the byte of each character, then those of
;; each character behind the first mark and behind the second. The bytes take the place of the text, which is longer.
(module
  (memory (export "memory") 2)
  (data (i32.const 0) "TABLE")

  (func (export "decode") (param $length i32) (result i32)
    (local $from i32)
    (local $to i32)
    (local $end i32)
    (local $place i32)
    (local.set $from (local.tee $to (i32.const 384)))
    (local.set $end (i32.add (local.get $from) (local.get $length)))
    (block $read
      (loop $next
        (br_if $read (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $place (i32.load8_u (local.get $from)))
        (if (i32.ge_u (local.get $place) (i32.const 125)) ;; a mark: "}" or "~"
          (then
            (local.set $from (i32.add (local.get $from) (i32.const 1)))
            (local.set $place
              (i32.add
                (i32.shl (i32.sub (local.get $place) (i32.const 124)) (i32.const 7))
                (i32.load8_u (local.get $from))))))
        (i32.store8 (local.get $to) (i32.load8_u (local.get $place)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next)))
    (i32.sub (local.get $to) (i32.const 384))))
