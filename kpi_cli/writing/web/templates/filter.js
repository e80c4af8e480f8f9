(function () {
  var asked = new URLSearchParams(location.search);
  function folded(text) {
    return text.replace(/&/g, " and ").replace(/\s+/g, " ").trim().toLowerCase();
  }
  ["committee", "aim", "outcome"].forEach(function (name) {
    var list = document.querySelector("select[name=" + name + "]");
    var wanted = asked.get(name);
    if (!list || !wanted) return;
    for (var n = 1; n < list.options.length; n++) {
      if (folded(list.options[n].text) === folded(wanted)) list.selectedIndex = n;
    }
  });
})();
