module.exports = require('./temporary.cjs').remove;
