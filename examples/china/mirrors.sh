# A shell in China: `. mirrors.sh` in the directory of a module, with dist/index.js of a release at ci/go-proxy-setup.js.
# Go's proxies are measured each time with the modules of this project. Change: the mirrors of npm and pip.
eval "$(node ci/go-proxy-setup.js env --proxies china)"
export npm_config_registry=https://registry.npmmirror.com
export PIP_INDEX_URL=https://mirrors.aliyun.com/pypi/simple/

# apt keeps its mirror in a file. Once, as root, for Debian:
#   sed -i 's#http://deb.debian.org#https://mirrors.aliyun.com#' /etc/apt/sources.list.d/debian.sources
