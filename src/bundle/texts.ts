/** What a bundle says to a person who unpacks it without this program. The same in every bundle. */
export const README = `Go modules for machines without a network

manifest.json names every file with its size and SHA-256, and the line of go.sum
that each module was checked against.

With go-proxy-setup (one file, which needs Node and no network):

    go-proxy-setup bundle verify FILE
    eval "$(go-proxy-setup bundle use FILE --to DIRECTORY)"

It checks every file, unpacks them, and Go itself where the bundle has it, and
prints the settings for a shell.

With nothing but tar and Go:

    mkdir DIRECTORY && tar -xf FILE -C DIRECTORY && cd DIRECTORY && . ./env.sh

go then checks each module against the go.sum of the project that it builds. The
bundle's modules have lines there, so that no checksum database is asked. Go
itself, where it is here, lies below modules/golang.org/toolchain, and nothing
but the first way checks it.
`

/** Makes go take modules from the directory that it is read in. */
export const ENV_SH = `# Read this in the directory where it lies: . ./env.sh
GOPROXY="file://$(pwd | sed -e 's/%/%25/g' -e 's/,/%2C/g' -e 's/|/%7C/g' -e 's/ /%20/g' -e 's/#/%23/g' -e 's/?/%3F/g')/modules"
# Private modules are here, too.
GONOPROXY=none
export GOPROXY GONOPROXY
`
