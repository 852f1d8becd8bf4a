#!/bin/sh
# claque import --media: pictures meet posts and accounts, near ones share a key, and
# what is none or meets nothing is counted and listed.
. "${srcdir:-.}/tests/cli/lib.sh"
draw=$(cd "${top_builddir:-.}" && pwd)/tests/cli/draw
claque=$(cd "${top_builddir:-.}" && pwd)/claque
cd "$work" || exit 1
mkdir -p m/below
cat >posts.csv <<'END'
post_id,account_id,platform,created_at,text
1111111,10,x,2024-01-01T00:00:00Z,one
2222222,11,x,2024-01-01T00:01:00Z,two
3333333,12,x,2024-01-01T00:02:00Z,three
END
cat >accounts.csv <<'END'
account_id,platform,handle,avatar_hash
10,x,anna,https://pbs.example/profile_images/1/a_normal.jpg
11,x,ben,
12,x,carl,
END
"$draw" m/1111111-9.jpg 1 200
"$draw" m/2222222_1.jpg 1 160
"$draw" m/below/3333333.png 2 128
"$draw" m/x_anna.jpg 3 400
"$draw" m/ben.jpg 3 48
"$draw" m/nobody.jpg 3 64
echo '<html>404: there is nothing here</html>' >m/carl.jpg
mkfifo m/12.jpg
ln -s loop.jpg m/loop.jpg
echo hello >m/readme.txt

status 2 "$claque" import t.claque
status 4 "$claque" import --media nodir t.claque
grep -q "'nodir': No such file or directory; --media takes the folder" err || complain "a folder that is not there: $(cat err)"
status 2 "$claque" import --media m --dry-run t.claque
status 2 "$claque" import --media m t.claque
says "there is no such case"
status 0 "$claque" import --explain --media m
says "9 pictures, 1 files of other kinds"
says "1111111-9.jpg: post 1111111, else post 1111111-9"
says "200 x 200, quality 100, pHash "

status 0 "$claque" import --media m t.claque posts.csv accounts.csv
says "9 pictures, 3 in posts, 2 profile pictures, 0 known already, 2 unmet, 2 refused"
says "1 are nearly the same as an earlier one and share its key"
says "1 files of other kinds, not looked at"
says "unmet: nobody.jpg: nothing in the case has the id in its name"
says "refused: 12.jpg: it is no regular file"
says "refused: carl.jpg: its content is not PNG, JPEG, GIF or WebP"
status 0 "$claque" refused t.claque
says "loop.jpg: "

# Two posts, one key; two accounts, two hashes that are near, none of them an address.
status 0 "$claque" sql --csv t.claque "SELECT count(*), count(DISTINCT key), min(length(key)),
 min(basis) FROM v_shares"
says "3,2,64,picture"
status 0 "$claque" sql --csv t.claque "SELECT count(*), min(length(avatar_hash)) FROM account
 WHERE length(avatar_hash) > 0"
says "2,16"
status 0 "$claque" sql --csv t.claque "SELECT cells FROM extra_row"
says '""file"":""2222222_1.jpg""'
status 0 "$claque" ledger --json t.claque
says '\"met\":5,\"pictures\":9,\"refused\":2,\"tables\"'
status 0 "$claque" verify t.claque
says "3 unchanged, 0 not there any more, 0 changed"

# Again adds nothing, but what has come since is met.
printf 'account_id,platform,handle\n13,x,nobody\n' >more.csv
status 0 "$claque" import --media m --json t.claque more.csv
says '"in_posts":0,"avatars":1,"near":0,"known":5,"unmet":1,"refused":2'
mkdir t
"$draw" t/shared.png 5 64
printf 'file,post_id,platform\nshared.png,1111111,x\nshared.png,3333333,X\n' >t/pictures.csv
status 0 "$claque" import --media t t.claque
says "1 pictures, 2 in posts, 0 profile pictures, 0 known already, 0 unmet, 0 refused"
"$draw" m/1111111-9.jpg 4 64
status 1 "$claque" verify t.claque
says "input file"
rm m/*.jpg m/below/*
status 3 "$claque" import --media m t.claque
says "no picture in this folder"
finish
