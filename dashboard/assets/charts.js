// Draws the charts of a page. Every chart is data: an ECharts option in a
// <script type="application/json">, made by the server. Nothing in an option is
// ever run as code.
(function () {
  'use strict';
  if (!window.echarts) { return; }

  echarts.registerLocale('ID', {
    time: {
      month: ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'],
      monthAbbr: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
      dayOfWeek: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
      dayOfWeekAbbr: ['Min', 'Sen', 'Sel', 'Rab', 'Kam', 'Jum', 'Sab']
    },
    legend: { selector: { all: 'Semua', inverse: 'Balik' } },
    toolbox: {
      brush: { title: { rect: 'Pilih kotak', polygon: 'Pilih bebas', lineX: 'Pilih mendatar', lineY: 'Pilih tegak', keep: 'Pertahankan pilihan', clear: 'Hapus pilihan' } },
      dataView: { title: 'Lihat data', lang: ['Lihat data', 'Tutup', 'Segarkan'] },
      dataZoom: { title: { zoom: 'Perbesar', back: 'Kembalikan' } },
      magicType: { title: { line: 'Garis', bar: 'Batang', stack: 'Tumpuk', tiled: 'Jajar' } },
      restore: { title: 'Pulihkan' },
      saveAsImage: { title: 'Simpan gambar', lang: ['Klik kanan untuk menyimpan gambar'] }
    },
    series: { typeNames: { bar: 'Diagram batang', line: 'Diagram garis', scatter: 'Diagram titik', heatmap: 'Peta panas' } },
    aria: {
      general: { withTitle: 'Diagram “{title}”', withoutTitle: 'Diagram' },
      series: {
        single: { prefix: '', withName: ' berjenis {seriesType} bernama {seriesName}.', withoutName: ' berjenis {seriesType}.' },
        multiple: {
          prefix: ' Terdiri dari {seriesCount} deret.',
          withName: ' Deret {seriesId}: {seriesName}.',
          withoutName: ' Deret {seriesId}.',
          separator: { middle: '', end: '' }
        }
      },
      data: {
        allData: 'Datanya: ', partialData: '{displayCnt} data pertama: ',
        withName: '{name}: {value}', withoutName: '{value}',
        separator: { middle: ', ', end: '. ' }
      }
    }
  });

  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var lineHeight = 14;
  var barHeight = 10;
  var legendHeight = 40;
  // On paper names stand beside their bars, so that a chart fits a page.
  var paper = { width: 1000, names: 480, row: 14 };
  var charts = [];
  var printing = false;

  // variable reads a colour of the page's palette.
  function variable(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // paint replaces palette names by colours, where colours belong.
  function paint(node) {
    if (Array.isArray(node)) {
      node.forEach(paint);
    } else if (node && typeof node === 'object') {
      Object.keys(node).forEach(function (key) {
        if ((key === 'color' || key === 'borderColor') && typeof node[key] === 'string' && node[key].indexOf('--') === 0) {
          node[key] = variable(node[key]);
        } else {
          paint(node[key]);
        }
      });
    }
  }

  function theme() {
    var ink = variable('--ink'), muted = variable('--muted'), axis = variable('--axis'), line = variable('--line');
    var text = { color: ink, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
    var plain = {
      axisLine: { show: true, lineStyle: { color: axis } }, axisTick: { show: false },
      axisLabel: { color: ink, fontSize: 12 }, splitLine: { show: false }
    };
    return {
      backgroundColor: 'transparent', textStyle: text,
      legend: { textStyle: { color: ink, fontSize: 12 }, itemWidth: 14, itemHeight: 10, icon: 'rect' },
      tooltip: {
        backgroundColor: variable('--surface'), borderColor: axis, borderWidth: 1,
        textStyle: { color: ink, fontSize: 12 }, axisPointer: { type: 'shadow', shadowStyle: { color: line, opacity: 0.5 } }
      },
      categoryAxis: plain,
      // Every bar carries its number, so the scale needs no ticks of its own.
      valueAxis: {
        axisLine: { show: false }, axisTick: { show: false },
        axisLabel: { show: false, color: muted }, splitLine: { show: false }
      }
    };
  }

  // lines counts the lines that the longest name takes at a width.
  function lines(names, width) {
    return names.reduce(function (most, name) {
      return Math.max(most, Math.ceil(echarts.format.getTextRect(name, '12px ' + getComputedStyle(document.body).fontFamily).width * 1.05 / width));
    }, 1);
  }

  // complete adds what the option structs of the server have no fields for.
  function complete(option, chart) {
    option.tooltip = Object.assign(option.tooltip || {}, {
      renderMode: 'richText', confine: true,
      // One line per value that exists; a row fills one of the stacked series.
      formatter: function (items) {
        var known = items.filter(function (item) { return typeof item.value === 'number'; });
        var lines = known.map(function (item) {
          return item.value.toLocaleString(gaung.locale) + ' · ' + item.seriesName;
        });
        return items[0].name + '\n' + (lines.length ? lines.join('\n') : gaung.text('tidak dapat dinilai'));
      }
    });
    delete option.toolbox;
    if (chart.kind === 'scatter') { return completeFunnel(option, chart); }
    return chart.kind === 'bar' ? completeBars(option, chart) : completeLine(option, chart);
  }

  // A point is read on both scales, so this chart has them.
  function completeFunnel(option, chart) {
    option.grid = { left: 52, right: 16, top: legendHeight + 8, bottom: 48, containLabel: false };
    option.legend.data = option.series.map(function (s) { return s.name; }).filter(function (name, i, all) { return all.indexOf(name) === i; });
    var muted = variable('--muted');
    option.xAxis.concat(option.yAxis).forEach(function (axis) {
      axis.axisLabel = { show: true, color: muted, fontSize: 12 };
      axis.nameTextStyle = { color: muted, fontSize: 12 };
      axis.axisLine = { show: true, lineStyle: { color: variable('--axis') } };
      axis.minInterval = 1;
    });
    option.xAxis.forEach(function (axis) { axis.nameGap = 28; });
    option.yAxis.forEach(function (axis) { axis.nameGap = 36; });
    option.tooltip.formatter = function (item) {
      return (item.data.name || item.seriesName) + '\n' + gaung.text('{1}% dari {2} kasus', item.value[1].toLocaleString(gaung.locale), item.value[0].toLocaleString(gaung.locale));
    };
    option.series.forEach(function (series) {
      if (!series.label) { return; }
      series.label = {
        show: chart.width > 480, position: 'right', color: variable('--ink'), fontSize: 12,
        width: 180, overflow: 'break', formatter: '{b}'
      };
      series.labelLayout = { hideOverlap: true };
      // Names of points far to the right stand on their left.
      var most = Math.max.apply(null, option.series.map(function (s) { return s.data.length ? Math.max.apply(null, s.data.map(function (d) { return d.value[0]; })) : 0; }));
      series.data.forEach(function (d) {
        if (d.value[0] > most / 2) { d.label = { position: 'left' }; }
      });
    });
    return option;
  }

  // Names stand above their bars, so that long ones stay whole on a phone.
  function completeBars(option, chart) {
    option.grid = { left: 1, right: 36, top: chart.top, bottom: 4, containLabel: false };
    if (printing) {
      option.grid.left = paper.names + 10;
    }
    option.yAxis.forEach(function (axis) {
      axis.axisLabel = Object.assign(axis.axisLabel || {}, printing ? {
        interval: 0, width: paper.names, overflow: 'truncate', fontSize: 10
      } : {
        interval: 0, inside: true, align: 'left', verticalAlign: 'bottom', margin: 0,
        padding: [0, 0, barHeight / 2 + 2, 0], width: chart.width - 8, overflow: 'break',
        lineHeight: lineHeight, fontSize: 12
      });
      axis.z = 3;
    });
    option.series.forEach(function (series) {
      series.barWidth = printing ? barHeight - 1 : barHeight;
      // What is still growing has no firm edge.
      if (chart.element.hasAttribute('data-partial')) {
        Object.assign(series.itemStyle, { borderType: [3, 3], borderWidth: 1.5, borderColor: variable('--ink') });
      }
      label(series);
    });
    return option;
  }

  // Every point carries its number, so the line needs no scale.
  function completeLine(option, chart) {
    var legend = option.legend && option.legend.show;
    option.grid = { left: 24, right: 24, top: 28 + (legend ? legendHeight : 0), bottom: 40, containLabel: false };
    if (legend) {
      option.legend.data = option.series.map(function (s) { return s.name; }).filter(function (name, i, all) { return all.indexOf(name) === i; });
    }
    option.xAxis.forEach(function (axis) {
      axis.boundaryGap = true;
      // Where months have no room side by side only some are named, the last always.
      var room = (chart.width - 48) / axis.data.length, every = Math.max(1, Math.ceil(44 / room)), count = axis.data.length;
      axis.axisLabel = {
        interval: every === 1 ? 0 : function (i) { return (count - 1 - i) % every === 0; }, width: Math.min(80, room * every - 10), overflow: 'break',
        fontSize: 12, lineHeight: lineHeight
      };
    });
    option.series.forEach(function (series) {
      series.symbolSize = 8;
      series.labelLayout = { hideOverlap: true };
      label(series);
    });
    return option;
  }

  function label(series) {
    if (!series.label) { return; }
    series.label.color = variable('--ink');
    series.label.formatter = function (item) {
      return typeof item.value === 'number' ? item.value.toLocaleString(gaung.locale) : '';
    };
  }

  function draw(chart) {
    var option = JSON.parse(chart.source);
    if (chart.instance) { chart.instance.dispose(); }
    chart.kind = option.series[0].type;
    chart.width = printing ? paper.width : chart.element.clientWidth;
    if (chart.kind === 'bar') {
      var names = option.yAxis[0].data || [];
      chart.top = option.legend && option.legend.show ? legendHeight : 4;
      // A row holds the lines of a name, its bar, and as much air again.
      var row = 2 * Math.ceil(barHeight / 2 + 2) + (lines(names, chart.width - 8) + 0.2) * lineHeight;
      if (printing) {
        row = paper.row;
      }
      chart.element.style.minHeight = '0';
      chart.element.style.height = names.length * row + chart.top + lineHeight + 'px';
    }
    if (chart.kind === 'scatter') {
      chart.element.style.height = '340px';
    }
    paint(option);
    chart.instance = echarts.init(chart.element, theme(), { renderer: 'svg', locale: gaung.locale === 'id-ID' ? 'ID' : 'EN', width: chart.width });
    chart.instance.setOption(complete(option, chart));
    chart.element.setAttribute('data-drawn', 'true');
  }

  // scan draws the charts of a part of the page.
  function scan(root) {
    root.querySelectorAll('[data-chart]').forEach(function (element) {
      var source = document.getElementById(element.dataset.chart);
      if (!source || element.hasAttribute('data-drawn')) { return; }
      var chart = { element: element, source: source.textContent };
      charts.push(chart);
      draw(chart);
      new ResizeObserver(function () {
        if (!printing && element.clientWidth !== chart.width) { draw(chart); }
      }).observe(element);
    });
  }
  scan(document);
  // Cards that come later bring charts of their own.
  document.addEventListener('gaung:card', function (event) { scan(event.target); });

  function redraw() { charts.forEach(draw); }
  dark.addEventListener('change', redraw);
  // Paper is light.
  window.addEventListener('beforeprint', function () {
    printing = true;
    document.documentElement.setAttribute('data-print', '');
    redraw();
  });
  window.addEventListener('afterprint', function () {
    printing = false;
    document.documentElement.removeAttribute('data-print');
    redraw();
  });
})();
