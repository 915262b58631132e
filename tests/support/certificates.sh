# Sourced by shell tests of connections over TLS, after tap.sh: needs openssl.
#
#   make_certificates   an authority, $scratch/ca.pem, and certificates of localhost that it signed:
#                       good.pem, and expired.pem; server.key is the key of both
make_certificates() {
    (
        cd "$scratch"
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=authority
        echo "subjectAltName=DNS:localhost" >names
        openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile names -out good.pem
        mkdir -p issued
        : >issued/index
        echo 01 >issued/serial
        printf '[ca]\ndefault_ca=d\n[d]\ndatabase=issued/index\nserial=issued/serial\nnew_certs_dir=issued\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' >ca.conf
        openssl ca -batch -config ca.conf -cert ca.pem -keyfile ca.key -in server.csr -out expired.pem -extfile names \
            -startdate 20200101000000Z -enddate 20210101000000Z
        chmod 600 server.key
        if [ "$(id -u)" = 0 ]; then chown nobody server.key; fi
        chmod 644 ./*.pem
    ) >"$scratch/openssl.log" 2>&1 || { cat "$scratch/openssl.log"; return 1; }
}
