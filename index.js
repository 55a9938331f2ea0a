// n8n reads the nodes and credentials from package.json; this file is what `main` has to name.
module.exports = {};
